import type { AppModel } from '../lib/model/app-model';
import { NARROW, WIDE } from '../lib/report/graph-shape';
import { graphSvg } from '../lib/report/graph-svg';
import { formatPlural } from '../lib/model/format-number';
import { around, Topology, topologyOf } from '../lib/report/topology';
import { byId } from './elements';

/** Adds interaction to the graph: a word filters it, and a node under the pointer or in focus shows its connections. */
export function startGraph(model: AppModel): void {
  const place = byId('graph', HTMLDivElement);
  const filter = byId('graph-filter', HTMLInputElement);
  const status = byId('graph-status', HTMLParagraphElement);
  const whole = topologyOf(model);
  const frame = byId('graph-frame', HTMLDivElement);
  const isNarrow = matchMedia(NARROW_SCREEN);
  let chosen: string | undefined;
  let shown = whole;

  const draw = (): void => {
    place.innerHTML = graphSvg(shown, model.app.id, isNarrow.matches ? NARROW : WIDE).source;
    makeReachable(place);
    choose(undefined);
    markEnd(frame);
  };
  const choose = (key: string | undefined): void => {
    chosen = key;
    for (const node of nodesIn(place)) {
      node.classList.toggle('chosen', node.dataset['key'] === key);
      node.setAttribute('aria-pressed', String(node.dataset['key'] === key));
    }
    const node = nodesIn(place).find((candidate) => candidate.dataset['key'] === key);
    const detail = byId('graph-detail', HTMLParagraphElement);
    detail.hidden = node === undefined;
    detail.textContent = node?.getAttribute('aria-label') ?? '';
    look(place, whole, key);
  };

  filter.addEventListener('input', () => {
    const word = filter.value.trim().toLowerCase();
    shown = word === '' ? whole : around(whole, matching(whole, word));
    draw();
    status.textContent = describe(whole, shown, word);
  });
  place.addEventListener('click', ({ target }) => {
    const key = nodeOf(target)?.dataset['key'];
    choose(key === chosen ? undefined : key);
  });
  place.addEventListener('pointerover', ({ target }) => {
    look(place, whole, nodeOf(target)?.dataset['key'] ?? chosen);
  });
  place.addEventListener('pointerleave', () => {
    look(place, whole, chosen);
  });
  place.addEventListener('keydown', (event) => {
    const node = nodeOf(event.target);
    if (node === undefined) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      choose(node.dataset['key'] === chosen ? undefined : node.dataset['key']);
    } else if (event.key === 'Escape') {
      choose(undefined);
    } else if (!move(place, node, event.key)) {
      return;
    }
    event.preventDefault();
  });
  frame.addEventListener('scroll', () => {
    markEnd(frame);
  });
  isNarrow.addEventListener('change', draw);
  draw();
}

/** The width up to which the style shows the narrow graph. */
const NARROW_SCREEN = '(max-width: 900px)';

/** Nothing is below what is in sight of the frame. */
function markEnd(frame: Element): void {
  const { scrollTop, clientHeight, scrollHeight } = frame;
  frame.classList.toggle('at-end', scrollTop + clientHeight > scrollHeight - 24);
}

/** The keys of the nodes whose text contains the word. */
function matching({ nodes }: Topology, word: string): ReadonlySet<string> {
  const found = nodes.filter(({ lines }) =>
    lines.some((line) => line.toLowerCase().includes(word)),
  );
  return new Set(found.map(({ key }) => key));
}

function describe(whole: Topology, shown: Topology, word: string): string {
  const functions = ({ nodes }: Topology): number =>
    nodes.filter(({ kind }) => kind === 'function').length;
  return word === ''
    ? formatPlural(functions(whole), 'function')
    : `${functions(shown)} of ${formatPlural(functions(whole), 'function')}`;
}

/** One node at a time is in the Tab order; arrow keys move from there to the others. */
function makeReachable(place: Element): void {
  nodesIn(place).forEach((node, i) => {
    node.setAttribute('tabindex', i === 0 ? '0' : '-1');
    node.setAttribute('role', 'button');
    node.setAttribute('aria-pressed', 'false');
  });
}

/** Up and down moves within the column, left and right to connected nodes. */
function move(place: Element, from: SVGGElement, key: string): boolean {
  const to =
    key === 'ArrowUp' || key === 'ArrowDown' ? besides(place, from, key) : beyond(place, from, key);
  if (to === undefined) {
    return false;
  }
  from.setAttribute('tabindex', '-1');
  to.setAttribute('tabindex', '0');
  to.focus();
  return true;
}

function besides(place: Element, from: SVGGElement, key: string): SVGGElement | undefined {
  const { left, top } = from.getBoundingClientRect();
  const column = nodesIn(place)
    .filter((node) => Math.abs(node.getBoundingClientRect().left - left) < 1)
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const index = column.findIndex((node) => node.getBoundingClientRect().top === top);
  return column[index + (key === 'ArrowUp' ? -1 : 1)];
}

function beyond(place: Element, from: SVGGElement, key: string): SVGGElement | undefined {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') {
    return undefined;
  }
  const own = from.dataset['key'];
  const connected = new Set(
    edgesIn(place).flatMap(({ dataset }) =>
      dataset['from'] === own ? dataset['to'] : dataset['to'] === own ? dataset['from'] : [],
    ),
  );
  const left = (node: Element): number => node.getBoundingClientRect().left;
  return nodesIn(place).find(
    (node) =>
      connected.has(node.dataset['key']) &&
      (key === 'ArrowRight' ? left(node) > left(from) : left(node) < left(from)),
  );
}

/** Dims everything except the node’s connections; without a node, nothing. */
function look(place: Element, { nodes }: Topology, key: string | undefined): void {
  const svg = place.querySelector('svg');
  svg?.classList.toggle('looking', key !== undefined);
  const same = nodes.find((node) => node.key === key)?.same;
  const start = new Set([
    key,
    same,
    ...nodes.filter((node) => node.same === key).map((node) => node.key),
  ]);
  const near = new Set(start);
  for (const edge of edgesIn(place)) {
    const { from, to } = edge.dataset;
    const touches = key !== undefined && (start.has(from) || start.has(to));
    edge.classList.toggle('near', touches);
    if (touches) {
      near.add(from).add(to);
    }
  }
  for (const node of nodesIn(place)) {
    node.classList.toggle('near', near.has(node.dataset['key']));
  }
}

function nodesIn(place: Element): SVGGElement[] {
  return [...place.querySelectorAll<SVGGElement>('.node')];
}

function edgesIn(place: Element): SVGPathElement[] {
  return [...place.querySelectorAll<SVGPathElement>('.edge')];
}

function nodeOf(target: EventTarget | null): SVGGElement | undefined {
  return (
    (target instanceof Element ? target.closest<SVGGElement>('.node') : undefined) ?? undefined
  );
}
