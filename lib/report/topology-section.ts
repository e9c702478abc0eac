import { describeTrigger, isOpen } from '../kinds/trigger-kinds';
import { AppModel, FunctionModel } from '../model/app-model';
import {
  describeAccess,
  describeColdStart,
  describeDurable,
  describeFailures,
  describeRollout,
} from './describe-function';
import { GraphShape, NARROW, WIDE } from './graph-shape';
import { graphHeadings, graphSvg, graphSymbols } from './graph-svg';
import { layoutOf } from './layout';
import { markup, Markup, MarkupValue } from './markup';
import { Section } from './section';
import { table } from './table';
import { value } from './text';
import { formatPlural } from '../model/format-number';
import { topologyOf } from './topology';

/** A graph up to this height is shown whole; a taller one scrolls in a frame, which says that there is more. */
const WHOLE_UP_TO = 1600;

/** The graph, and the same content as a table. */
export function topologySection(model: AppModel): Section {
  const { functions } = model;
  const topology = topologyOf(model);
  const tall = [WIDE, NARROW].filter((shape) => layoutOf(topology, shape).height > WHOLE_UP_TO);
  return {
    id: 'topology',
    title: 'Triggers, functions and resources',
    short: 'Topology',
    content: markup`<div class="tools scripted" hidden>
        <label class="search"
          >Find
          <input
            type="search"
            id="graph-filter"
            autocomplete="off"
            spellcheck="false"
            placeholder="function, event, table …"
        /></label>
        <p id="graph-status" role="status">${formatPlural(functions.length, 'function')}</p>
      </div>
      ${graphSymbols()}
      <div
        class="graph-frame ${tall.map(({ name }: GraphShape) => `tall-${name}`).join(' ')}"
        id="graph-frame"
        tabindex="0"
        role="region"
        aria-label="Graph of the app"
      >
        ${[WIDE, NARROW].map(graphHeadings)}
        <div id="graph">${[WIDE, NARROW].map((shape) => graphSvg(topology, model.app.id, shape))}</div>
        <p class="graph-more" aria-hidden="true">more below ↓</p>
      </div>
      ${legend()}
      <p class="hint scripted" id="graph-detail" role="status" hidden></p>
      <details class="as-table">
        <summary>The same as a table</summary>
        ${functionsTable(model)}
      </details>`,
  };
}

function legend(): Markup {
  const items: ReadonlyArray<readonly [string, string]> = [
    ['read', 'reads'],
    ['write', 'writes'],
    ['fails', 'failures after all retries'],
  ];
  return markup`<ul class="legend">
    ${items.map(
      ([kind, words]) =>
        markup`<li>
          <svg width="34" height="10" viewBox="0 0 34 10" aria-hidden="true">
            <path
              class="edge ${kind}"
              d="M4 5H30"
              ${
                kind === 'read'
                  ? markup`marker-start="url(#arrow-read)"`
                  : markup`marker-end="url(#arrow-${kind})"`
              }
            /></svg
          >${words}
        </li>`,
    )}
    <li>HTTP callers receive the error themselves.</li>
  </ul>`;
}

function functionsTable(model: AppModel): Markup {
  return table(
    'The functions of the app',
    [
      { title: 'Function' },
      { title: 'Triggered by' },
      { title: 'Access' },
      { title: 'Failures' },
      { title: 'Size' },
    ],
    model.functions.map((fn, i) => ({
      id: `function-${i}`,
      cells: [
        markup`<b class="name">${fn.id}</b>`,
        events(fn),
        list(fn.access.map(describeAccess), 'nothing'),
        describeFailures(model, fn),
        size(fn),
      ],
    })),
  );
}

function events(fn: FunctionModel): MarkupValue {
  const items = fn.triggers.map(
    (trigger) =>
      markup`<li>
        ${describeTrigger(trigger)}${isOpen(trigger) ? markup` <span class="badge">open</span>` : undefined}
      </li>`,
  );
  return items.length === 0
    ? 'no trigger'
    : markup`<ul>
        ${items}
      </ul>`;
}

function list(words: readonly string[], none: string): MarkupValue {
  return words.length === 0
    ? none
    : markup`<ul>
        ${words.map((word) => markup`<li>${word}</li>`)}
      </ul>`;
}

function size(fn: FunctionModel): Markup {
  const how = [
    describeDurable(fn),
    describeColdStart(fn.coldStart),
    describeRollout(fn.rollout),
    fn.reservedConcurrency === undefined ? '' : 'reserves concurrency',
  ].filter((words) => words !== '');
  return markup`<ul>
    <li>${value(fn.memoryMb)} MB, ${value(fn.timeoutSeconds)} s</li>
    <li>${fn.runtime}, ${fn.architecture}</li>
    ${how.map((words) => markup`<li>${words}</li>`)}
  </ul>`;
}
