// All that is known of one host, and its log.

import { age, clock, cost, element, failure, setOptional, setText, state } from './text.js';

const dialog = document.getElementById('detail');
const facts = document.getElementById('facts');
const log = document.getElementById('log');

let shown;
let asked = 0;

/** Shows a host. */
export function open(app, host) {
  shown = { app, node: host.node };
  setText(document.getElementById('detail-name'), `${app} on ${host.node}`);
  setText(log, 'Loading');
  refresh(host);
  if (!dialog.open) {
    dialog.showModal();
  }
  dialog.scrollTop = 0;
}

/** Tells whether a host is the one that is shown. */
export function isShown(app, node) {
  return dialog.open && shown?.app === app && shown.node === node;
}

/** Shows the host that is shown as it is now. */
export function refresh(host) {
  dialog.className = host.standing;
  facts.replaceChildren(
    ...Object.entries(known(host))
      .filter(([, text]) => text)
      .flatMap(([name, text]) => [element('dt', '', name), element('dd', '', text)]),
  );
  setOptional(document.getElementById('error'), failure(host));
  load(shown);
}

export function close() {
  dialog.close();
}

/** Calls back when the host is not shown any more. */
export function onClose(then) {
  dialog.addEventListener('close', then);
  document.getElementById('close').addEventListener('click', close);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) {
      close();
    }
  });
}

function known(host) {
  return {
    State: state(host),
    Since: host.since && `${clock(host.since)} (${age(host.since)})`,
    Live: host.live,
    'Works on': host.id && `${host.id}, generation ${host.generation}`,
    'Last deploy': cost(host),
    Agent: host.agent,
  };
}

async function load({ app, node }) {
  const question = ++asked;
  let text;
  try {
    const answer = await fetch(`api/apps/${encodeURIComponent(app)}/hosts/${encodeURIComponent(node)}/log`);
    const json = await answer.json();
    text = json.log ?? json.problem;
  } catch (e) {
    text = `The log cannot be had: ${e.message}`;
  }
  if (question === asked) {
    setText(log, text);
  }
}
