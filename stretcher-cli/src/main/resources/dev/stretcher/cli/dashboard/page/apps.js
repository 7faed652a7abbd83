// The apps of the fleet, the failing ones first, and what is desired of the one that is shown.

import { STANDINGS, age, clock, count, element, setOptional, setText } from './text.js';

const nav = document.getElementById('apps');
const bar = document.getElementById('bar');
const chips = document.getElementById('standings');

/** Sorts apps: those where most failed, then those that are not done, then by name. */
export function sorted(apps) {
  const undone = (app) => app.hosts - app.live;
  return [...apps].sort(
    (a, b) =>
      b.failed + b.held - a.failed - a.held ||
      Number(Boolean(b.problem)) - Number(Boolean(a.problem)) ||
      undone(b) - undone(a) ||
      a.app.localeCompare(b.app),
  );
}

/** The worst standing of an app, for its colour. */
function worst(app) {
  return app.problem ? 'failed' : (STANDINGS.find(([name]) => count(app, name) > 0) || ['live'])[0];
}

/** Shows the names of all apps; the links go by the hash, so that the way back works. */
export function showApps(apps, shown) {
  const old = new Map([...nav.children].map((link) => [link.dataset.app, link]));
  const links = sorted(apps).map((app) => {
    const link = old.get(app.app) || element('a');
    link.dataset.app = app.app;
    link.href = `#${new URLSearchParams({ app: app.app })}`;
    link.className = worst(app);
    setText(link, `${app.app}  ${app.live}/${app.hosts}`);
    if (app.app === shown) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
    return link;
  });
  const focused = document.activeElement;
  nav.replaceChildren(...links);
  if (focused && nav.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

/** Shows what is desired of an app, and how far its hosts are. */
export function showApp(app, only, onOnly) {
  setText(document.getElementById('app-name'), app.app);
  setText(document.getElementById('desired'), desired(app));
  setOptional(
    document.getElementById('problem'),
    app.problem && `What is desired cannot be read, and hosts keep what they have: ${app.problem}`,
  );
  bar.replaceChildren(
    ...STANDINGS.filter(([name]) => count(app, name) > 0).map(([name]) => {
      const part = element('span', name);
      part.style.flexGrow = count(app, name);
      return part;
    }),
  );
  showChips(app, only, onOnly);
}

function desired(app) {
  if (!app.id) {
    return app.problem ? '' : 'Nothing is desired.';
  }
  const before = app.previous ? `, after ${app.previous}` : '';
  const by = app.by ? ` by ${app.by}` : '';
  return `${app.id} is desired since ${clock(app.since)} (${age(app.since)}), generation ${app.generation}${by}${before}${rules(app)}`;
}

/** The rules of a rollout, if it has any. */
function rules(app) {
  const texts = [
    app.paused && 'paused',
    app.canary && `${app.canary} first`,
    app.max_parallel && `at most ${app.max_parallel} at once`,
    app.max_failures !== undefined && `at most ${app.max_failures} failures, then ${app.on_failure}`,
  ].filter(Boolean);
  return texts.length > 0 ? `; ${texts.join(', ')}` : '';
}

function showChips(app, only, onOnly) {
  if (chips.children.length === 0) {
    for (const [name] of STANDINGS) {
      const chip = element('button', name);
      chip.type = 'button';
      chip.addEventListener('click', () => onOnly(name));
      chips.append(chip);
    }
  }
  STANDINGS.forEach(([name, words], index) => {
    const chip = chips.children[index];
    setText(chip, `${count(app, name)} ${words}`);
    chip.setAttribute('aria-pressed', String(only === name));
  });
}
