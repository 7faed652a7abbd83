// Follows the fleet by server-sent events. The hash says which app and which host are shown.

import * as apps from './apps.js';
import * as detail from './detail.js';
import * as hosts from './hosts.js';
import { clock, setOptional, setText } from './text.js';

const AGAIN = 5000;
const TICK = 10000;

const byId = (id) => document.getElementById(id);
const filter = byId('filter');

let fleet = { ready: false, apps: [] };
let shown = '';
let only = '';
let source;
let lost;

function hash() {
  return new URLSearchParams(location.hash.slice(1));
}

function go(values) {
  history.replaceState(null, '', `#${new URLSearchParams(values)}`);
}

/** Begins to follow an app; without one, only the names of all. */
function follow(app) {
  source?.close();
  shown = app;
  hosts.clear();
  source = new EventSource(app ? `api/stream?app=${encodeURIComponent(app)}` : 'api/stream');
  source.addEventListener('open', () => {
    lost = undefined;
    showLink();
  });
  source.addEventListener('error', () => {
    lost ||= new Date();
    showLink();
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(shown), AGAIN);
    }
  });
  source.addEventListener('fleet', (event) => onFleet(JSON.parse(event.data)));
  source.addEventListener('hosts', (event) => onHosts(JSON.parse(event.data)));
}

function onFleet(news) {
  fleet = news;
  const wanted = hash().get('app');
  const isThere = (name) => fleet.apps.some((app) => app.app === name);
  const app = isThere(wanted) ? wanted : isThere(shown) ? shown : apps.sorted(fleet.apps)[0]?.app;
  if (app && app !== shown) {
    follow(app);
  }
  showFleet();
}

function onHosts(news) {
  const start = performance.now();
  hosts.update(news);
  const wanted = hash().get('host');
  if (wanted && hosts.find(wanted) && (news.all || news.hosts.some(({ node }) => node === wanted))) {
    showHost(wanted);
  }
  requestAnimationFrame(() =>
    setTimeout(() => {
      performance.clearMeasures('draw');
      performance.measure('draw', { start });
    }),
  );
}

function showFleet() {
  setText(byId('store'), fleet.store || '');
  apps.showApps(fleet.apps, shown);
  const app = fleet.apps.find(({ app: name }) => name === shown);
  byId('app').hidden = !app;
  setOptional(byId('empty'), app ? '' : emptiness());
  if (app) {
    apps.showApp(app, only, onOnly);
    document.title = `${app.failed ? `${app.failed} failed, ` : ''}${app.live}/${app.hosts} ${app.app} - Stretcher`;
  }
  showLink();
}

function emptiness() {
  return fleet.ready
    ? 'There is no app yet: nothing is desired, and no host has reported. "stretcher rollout APP --to URL" says what all hosts should have.'
    : 'The store has not answered yet.';
}

function showLink() {
  setText(byId('link'), lost ? 'not connected' : fleet.lost ? 'store away' : 'live');
  byId('link').className = lost || fleet.lost ? 'failed' : 'live';
  setOptional(byId('notice'), notice());
}

function notice() {
  if (lost) {
    return `The dashboard does not answer since ${lost.toLocaleString()}. What is shown is from then; this page tries again.`;
  }
  return fleet.lost
    ? `The store cannot be asked since ${clock(fleet.lost)}: ${fleet.reason}. What is shown is from then.`
    : '';
}

function onOnly(name) {
  only = only === name ? '' : name;
  hosts.filter(filter.value, only);
  showFleet();
}

function openHost(node) {
  go({ app: shown, host: node });
  showHost(node);
}

function showHost(node) {
  const host = hosts.find(node);
  if (detail.isShown(shown, node)) {
    detail.refresh(host);
  } else {
    detail.open(shown, host);
  }
}

function onHash() {
  const app = hash().get('app');
  if (app && app !== shown && fleet.apps.some(({ app: name }) => name === app)) {
    detail.close();
    follow(app);
    showFleet();
  }
}

function onKey(event) {
  if (byId('detail').open || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const isTyping = event.target === filter;
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
  if (!isTyping) {
    Object.assign(steps, { j: 1, k: -1, Home: -Infinity, End: Infinity });
  }
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    filter.focus();
  } else if (event.key === 'Escape' && isTyping) {
    filter.value = '';
    hosts.filter('', only);
  } else if (event.key in steps) {
    event.preventDefault();
    hosts.move(steps[event.key]);
  }
}

hosts.onOpen(openHost);
filter.addEventListener('input', () => hosts.filter(filter.value, only));
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', onHash);
detail.onClose(() => go({ app: shown }));
setInterval(() => {
  hosts.tick();
  showFleet();
}, TICK);
follow(hash().get('app') || '');
