import { describeTrigger, isOpen } from '../kinds/trigger-kinds';
import { AppModel, FunctionModel } from '../model/app-model';
import {
  describeAccess,
  describeColdStart,
  describeFailures,
  describeRollout,
} from './describe-function';
import { graphHeadings, graphSvg, graphSymbols } from './graph-svg';
import { markup, Markup, MarkupValue } from './markup';
import { Section } from './section';
import { table } from './table';
import { value } from './text';
import { formatPlural } from '../model/format-number';
import { topologyOf } from './topology';

/** Above this number of functions the table is closed at first. */
const OPEN_UP_TO = 20;

/** The graph, and the same content as a table. */
export function topologySection(model: AppModel): Section {
  const { functions } = model;
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
        class="graph-frame"
        id="graph-frame"
        tabindex="0"
        role="region"
        aria-label="Graph of the app"
      >
        ${graphHeadings()}
        <div id="graph">${graphSvg(topologyOf(model), model.app.id)}</div>
      </div>
      ${legend()}
      <p class="hint scripted" id="graph-detail" role="status" hidden></p>
      <details class="as-table"${functions.length > OPEN_UP_TO ? undefined : markup` open`}>
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
