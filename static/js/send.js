// Sends one photo: to our own form, or where there is a store of its own straight to that. One function for both.

const BUSY = 503;
const OURS = { "HX-Request": "true" };
const KINDS = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];

class Refusal extends Error {
  constructor(answer) {
    super(answer.words);
    this.answer = answer;
  }
}

// One request whose upload is watched. Rejects when there is no connection, or when the signal stops it.
function request(method, address, { body, headers = {}, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    signal.addEventListener("abort", () => xhr.abort());
    xhr.upload.addEventListener("progress", ({ loaded, total }) => onProgress?.(loaded / total));
    xhr.addEventListener("load", () => resolve(xhr));
    for (const name of ["error", "abort"]) xhr.addEventListener(name, () => reject(new Error(name)));
    xhr.open(method, address);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.send(body);
  });
}

function multipart(fields, name, file) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.append(key, value);
  body.append(name, file, "photo");
  return body;
}

// Our own answer about a photo: its row, or the sentence that says why there is none.
function shown(xhr) {
  const isOurs = xhr.getResponseHeader("X-Fragment") !== null;
  if (isOurs && xhr.status < 300) return { row: xhr.responseText };
  const words = isOurs ? new DOMParser().parseFromString(xhr.responseText, "text/html").body.textContent.trim() : "";
  return { words, busyFor: busySeconds(xhr) };
}

function busySeconds(xhr) {
  return xhr.status === BUSY ? Number(xhr.getResponseHeader("Retry-After")) || 5 : 0;
}

async function byForm(file, { form, onProgress, signal }) {
  const body = multipart({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value }, "photo", file);
  return shown(await request("POST", form.action, { body, headers: OURS, onProgress, signal }));
}

// Calls the API; throws what it refuses.
async function call(method, address, { form, signal }, data) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const xhr = await request(method, address, { body: data && JSON.stringify(data), headers, signal });
  const answer = JSON.parse(xhr.responseText);
  if (!answer.success) throw new Refusal({ words: answer.error.message, busyFor: busySeconds(xhr) });
  return answer.data;
}

async function byStore(file, way) {
  const { store, form, onProgress, signal } = way;
  const place = await call("POST", store, way, { content_type: typeOf(file), bytes: file.size });
  try {
    const sent = await request(place.method, place.url, { body: multipart(place.fields, "file", file), onProgress, signal });
    if (sent.status >= 300) throw new Error(`${sent.status}`);
    const photo = await call("POST", `${store}/${place.id}/complete`, way);
    const address = `${form.action}${photo.id}/row/${photo.was_known ? "?known=1" : ""}`;
    return shown(await request("GET", address, { headers: OURS, signal }));
  } catch (problem) {
    if (signal.aborted) call("DELETE", `${store}/${place.id}`, { form, signal: new AbortController().signal }).catch(() => {});
    throw problem;
  }
}

// What the browser takes it for. The server looks at the photo itself.
function typeOf(file) {
  if (KINDS.includes(file.type)) return file.type;
  return /\.hei[cf]$/i.test(file.name) ? "image/heic" : "image/jpeg";
}

// {row} as HTML when the photo is there; else {words, busyFor}: why not, and in how many seconds it may be tried again.
export async function sendPhoto(file, way) {
  try {
    return await (way.store ? byStore : byForm)(file, way);
  } catch (problem) {
    if (problem instanceof Refusal) return problem.answer;
    throw problem;
  }
}
