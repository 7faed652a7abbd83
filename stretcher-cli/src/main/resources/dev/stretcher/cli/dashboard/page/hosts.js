// The table of hosts: a row for each, which is changed and moved only if its host has changed.

import { RANK, age, clock, cost, element, failure, setText, state } from './text.js';

const body = document.getElementById('hosts');
const none = document.getElementById('none');
const names = new Intl.Collator(undefined, { numeric: true });

const CELLS = ['host', 'state', 'live', 'since', 'took', 'failure'];

/** Rows by the names of their hosts: {host, row, cells}. */
const rows = new Map();

let needle = '';
let standing = '';

/** Takes hosts that have changed, and names of those that are gone. */
export function update({ all, hosts, gone }) {
  const focused = document.activeElement;
  if (all) {
    const kept = new Set(hosts.map((host) => host.node));
    [...rows.keys()].filter((node) => !kept.has(node)).forEach(remove);
  }
  gone.forEach(({ node }) => remove(node));
  for (const host of hosts) {
    const known = rows.get(host.node) || add(host.node);
    known.host = host;
    fill(known);
  }
  order();
  apply();
  if (focused && focused !== document.activeElement && body.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

/** Calls back with the name of a host that somebody wants to see. */
export function onOpen(then) {
  body.addEventListener('click', (event) => {
    const row = event.target.closest('tr');
    if (row) {
      then(row.dataset.node);
    }
  });
  body.addEventListener('focusin', (event) => setCurrent(event.target));
}

/** Forgets all hosts. */
export function clear() {
  rows.clear();
  body.replaceChildren();
}

/** Returns what is known of a host. */
export function find(node) {
  return rows.get(node)?.host;
}

/** Shows only the hosts that have a text, and a standing. */
export function filter(text, only) {
  needle = text.trim().toLowerCase();
  standing = only;
  apply();
}

/** Writes the ages anew. */
export function tick() {
  const now = Date.now();
  for (const { host, cells } of rows.values()) {
    if (host.since) {
      setText(cells.since.firstChild, age(host.since, now));
    }
  }
}

/** Moves the focus to another row: by so many rows, or to the first or last one. */
export function move(step) {
  const shown = visible();
  const at = shown.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1);
  shown[next]?.focus();
}

function visible() {
  return [...body.querySelectorAll('tr:not([hidden]) button')];
}

/** A row without its texts, which is copied for each host. */
const blank = element('tr');
blank.setAttribute('role', 'row');
for (const name of CELLS) {
  const cell = element('td', name);
  cell.setAttribute('role', 'cell');
  blank.append(cell);
}
blank.firstChild.append(element('button'));
blank.firstChild.firstChild.type = 'button';
blank.firstChild.firstChild.tabIndex = -1;
blank.children[CELLS.indexOf('since')].append(element('time'));

function add(node) {
  const row = blank.cloneNode(true);
  row.dataset.node = node;
  const cells = Object.fromEntries(CELLS.map((name, index) => [name, row.children[index]]));
  cells.host.firstChild.textContent = node;
  const known = { row, cells };
  rows.set(node, known);
  return known;
}

function remove(node) {
  rows.get(node)?.row.remove();
  rows.delete(node);
}

function fill({ host, row, cells }) {
  row.className = host.standing;
  setText(cells.state, state(host));
  setText(cells.live, host.live || '');
  const time = cells.since.firstChild;
  if (host.since) {
    time.dateTime = host.since;
    time.title = clock(host.since);
    setText(time, age(host.since));
  } else {
    setText(time, '');
  }
  setText(cells.took, cost(host));
  setText(cells.failure, failure(host));
  cells.failure.title = failure(host);
}

/** Brings the rows into their order, and moves as few as possible. */
function order() {
  const ordered = [...rows.values()].sort(
    (a, b) =>
      RANK.get(a.host.standing) - RANK.get(b.host.standing) || names.compare(a.host.node, b.host.node),
  );
  let next = body.firstChild;
  for (const { row } of ordered) {
    if (row === next) {
      next = next.nextSibling;
    } else {
      body.insertBefore(row, next);
    }
  }
}

function apply() {
  let shown = 0;
  for (const { host, row } of rows.values()) {
    const hidden = Boolean(standing && host.standing !== standing) || !matches(host);
    if (row.hidden !== hidden) {
      row.hidden = hidden;
    }
    shown += hidden ? 0 : 1;
  }
  none.hidden = shown > 0;
  setText(none, rows.size === 0 ? 'No host has reported.' : 'No host is like that.');
  const buttons = visible();
  if (!buttons.some((button) => button.tabIndex === 0)) {
    setCurrent(buttons[0]);
  }
}

function matches(host) {
  return (
    !needle ||
    [host.node, state(host), host.live, host.id, failure(host)].some((text) =>
      text?.toLowerCase().includes(needle),
    )
  );
}

/** Only one row is in the order of the Tab key; the arrows lead to the others. */
function setCurrent(button) {
  body.querySelectorAll('button[tabindex="0"]').forEach((other) => {
    other.tabIndex = -1;
  });
  if (button) {
    button.tabIndex = 0;
  }
}
