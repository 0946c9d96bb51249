// Arithmetic of a box on a photo: {left, top, right, bottom} and the photo's {width, height}, all in px of the turned photo.

export const within = (value, most) => Math.min(Math.max(value, 0), most);
export const widthOf = (box) => box.right - box.left;
export const heightOf = (box) => box.bottom - box.top;
export const whole = (photo) => ({ left: 0, top: 0, right: photo.width, bottom: photo.height });

// The same box elsewhere, as far as the photo goes.
export function moved(box, right, down, photo) {
  const left = within(box.left + right, photo.width - widthOf(box));
  const top = within(box.top + down, photo.height - heightOf(box));
  return { left, top, right: left + widthOf(box), bottom: top + heightOf(box) };
}

// The box with the sides that a handle names ("n", "se") moved; none is shorter than `least`.
export function pulled(box, handle, right, down, photo, least) {
  const wide = Math.min(least, photo.width);
  const high = Math.min(least, photo.height);
  return {
    left: handle.includes("w") ? within(box.left + right, box.right - wide) : box.left,
    top: handle.includes("n") ? within(box.top + down, box.bottom - high) : box.top,
    right: handle.includes("e") ? Math.max(within(box.right + right, photo.width), box.left + wide) : box.right,
    bottom: handle.includes("s") ? Math.max(within(box.bottom + down, photo.height), box.top + high) : box.bottom,
  };
}

// The box with a width of `ratio` heights. What the handle does not hold stays where it is: the other corner, or the middle.
export function shaped(box, handle, ratio, photo, least = 0) {
  if (!ratio) return box;
  const followsHeight = handle === "n" || handle === "s" || (handle === "" && widthOf(box) / heightOf(box) > ratio);
  const wanted = Math.max(followsHeight ? heightOf(box) * ratio : widthOf(box), least, least * ratio);
  const across = axis(box.left, box.right, photo.width, handle.includes("w"), handle.includes("e"));
  const down = axis(box.top, box.bottom, photo.height, handle.includes("n"), handle.includes("s"));
  const width = Math.min(wanted, across.room, down.room * ratio);
  const [left, top] = [across.start(width), down.start(width / ratio)];
  return { left, top, right: left + width, bottom: top + width / ratio };
}

// On one axis: how long the box may get, and where it then starts.
function axis(start, end, most, holdsStart, holdsEnd) {
  const middle = (start + end) / 2;
  if (holdsStart) return { room: end, start: (length) => end - length };
  if (holdsEnd) return { room: most - start, start: () => start };
  return { room: most, start: (length) => within(middle - length / 2, most - length) };
}

// The box after a quarter turn of its photo: clockwise, or the other way round.
export function turned({ left, top, right, bottom }, photo, clockwise) {
  return clockwise
    ? { left: photo.height - bottom, top: left, right: photo.height - top, bottom: right }
    : { left: top, top: photo.width - right, right: bottom, bottom: photo.width - left };
}
