// Sends one photo: to our own form, or where there is a store of its own straight to that. One function for both.

const BUSY = 503;

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

// What the page shows of an answer: the row of a photo, or the sentence that says why there is none.
function shown(xhr) {
  const isOurs = xhr.getResponseHeader("X-Fragment") !== null;
  if (isOurs && xhr.status < 300) return { row: xhr.responseText };
  const words = isOurs ? new DOMParser().parseFromString(xhr.responseText, "text/html").body.textContent.trim() : "";
  return { words, busyFor: xhr.status === BUSY ? Number(xhr.getResponseHeader("Retry-After")) || 5 : 0 };
}

// {row} as HTML when the photo is there; else {words, busyFor}: why not, and in how many seconds it may be tried again.
export async function sendPhoto(file, { form, onProgress, signal }) {
  const body = multipart({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value }, "photo", file);
  return shown(await request("POST", form.action, { body, headers: { "HX-Request": "true" }, onProgress, signal }));
}
