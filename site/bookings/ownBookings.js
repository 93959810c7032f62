/** The bookings made by this browser. Without storage (private windows) they are lost with the page. */
const place = "bookings";
const kept = 50;

const own = new Set(read());

export function isOwn(bookingId) {
  return own.has(bookingId);
}

export function rememberOwn(bookingId) {
  own.add(bookingId);
  try {
    localStorage.setItem(place, JSON.stringify([...own].slice(-kept)));
  } catch (error) {
    console.info("the browser keeps nothing for this page", error);
  }
}

function read() {
  try {
    const ids = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(ids) ? ids : [];
  } catch (error) {
    console.info("the browser kept nothing for this page", error);
    return [];
  }
}
