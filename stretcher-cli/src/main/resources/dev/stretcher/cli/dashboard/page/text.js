// What is shown, in words. All of it becomes text of elements, never markup.

const UNITS = [
  [86400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** The order of standings, the failing ones first, and what they are called. */
export const STANDINGS = [
  ['failed', 'failed'],
  ['held', 'held'],
  ['silent', 'silent'],
  ['behind', 'on the way'],
  ['live', 'live'],
];

export const RANK = new Map(STANDINGS.map(([name], rank) => [name, rank]));

/** Makes an element with a class and a text. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** Sets a text only if it is another one, so that nothing is laid out in vain. */
export function setText(of, text) {
  if (of.textContent !== text) {
    of.textContent = text;
  }
}

/** Shows a text, or hides its element if there is none. */
export function setOptional(of, text) {
  setText(of, text || '');
  of.hidden = !text;
}

/** How long ago a time was, such as "3 min". */
export function age(time, now = Date.now()) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(time)) / 1000));
  const [length, unit] = UNITS.find(([size]) => seconds >= size) || [1, 's'];
  return `${Math.floor(seconds / length)} ${unit}`;
}

/** A time as this browser writes it. */
export function clock(time) {
  return new Date(time).toLocaleString();
}

/** How long a deploy took, and how much it fetched. */
export function cost(host) {
  if (!host.millis) {
    return '';
  }
  const time = host.millis < 1000 ? `${host.millis} ms` : seconds(host.millis / 1000);
  return host.bytes ? `${time}, ${size(host.bytes)}` : time;
}

function seconds(count) {
  return count < 60 ? `${count.toFixed(1)} s` : `${Math.floor(count / 60)} min ${Math.round(count % 60)} s`;
}

function size(bytes) {
  let rest = bytes;
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    if (rest < 1000 || unit === 'GB') {
      return `${rest < 10 && unit !== 'B' ? rest.toFixed(1) : Math.round(rest)} ${unit}`;
    }
    rest /= 1000;
  }
  return '';
}

/** What a host does, in words. */
export function state(host) {
  if (!host.state) {
    return host.problem ? 'unreadable' : 'silent';
  }
  if (!host.alive) {
    return `${host.state}, not alive`;
  }
  return host.state === 'live' && host.standing === 'behind' ? 'live, but behind' : host.state;
}

/** What failed on a host, and why. */
export function failure(host) {
  if (host.problem) {
    return host.problem;
  }
  if (!host.state) {
    return host.alive ? 'it did not report' : 'it is not alive, and did not report';
  }
  return host.error ? (host.stage ? `${host.stage}: ${host.error}` : host.error) : '';
}

/** How many hosts of an app have a standing. */
export function count(app, standing) {
  return standing === 'behind'
    ? app.hosts - app.live - app.failed - app.held - app.silent
    : app[standing];
}
