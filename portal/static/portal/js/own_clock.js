// Beside a moment on the clock of the event, the same moment on the clock of this device, where it is another one.
for (const zones of document.querySelectorAll("[data-own-clock]")) {
  const shown = [...zones.querySelectorAll("time")].map((time) => time.dateTime);
  if (!shown.length || zones.closest("s")) continue;
  const at = new Date(shown[0]);
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const offset = `${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
  if (isNaN(at) || shown.some((moment) => moment.endsWith(offset))) continue;
  const style = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" };
  const own = document.createElement("time");
  own.dateTime = at.toISOString();
  own.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(at);
  zones.append(document.createElement("br"), own, " ", zones.dataset.ownClock);
}
