import type { AppModel } from '../model/app-model';
import { markup } from './markup';
import { Section } from './section';
import { table } from './table';

/** The counts of a function since `serverless-app dev` started. */
export interface LiveCounts {
  readonly invocations: number;
  readonly errors: number;
  readonly coldStarts: number;
  /** The duration of the last invocation. */
  readonly lastMilliseconds: number;
  /** The error of the last invocation, if it failed. */
  readonly lastError?: string;
}

/** The message to the page whenever a function has run. */
export interface LiveMessage {
  /** The version of the app. If it changes, the page is loaded again. */
  readonly version: string;
  /** By the path of the function. Functions that have not run are missing. */
  readonly functions: Readonly<Record<string, LiveCounts>>;
}

/** The values of a function that the page’s script keeps up to date. */
export const LIVE_VALUES = ['invocations', 'errors', 'coldStarts', 'last', 'result'] as const;

const TITLES: Readonly<Record<(typeof LIVE_VALUES)[number], string>> = {
  invocations: 'Invocations',
  errors: 'Failed',
  coldStarts: 'Cold starts',
  last: 'Last took',
  result: 'Last result',
};

/** The counts of a running app, which the page’s script writes. */
export function liveSection({ functions }: AppModel): Section {
  return {
    id: 'live',
    title: 'Live',
    short: 'Live',
    content: markup`<p>Since serverless-app dev started. <span id="live-state" role="status">Not connected.</span></p>
      ${table(
        'Live counts by function',
        [
          { title: 'Function' },
          ...LIVE_VALUES.map((value) => ({ title: TITLES[value], numeric: value !== 'result' })),
        ],
        functions.map((fn) => ({
          cells: [
            markup`<b class="name">${fn.id}</b>`,
            ...LIVE_VALUES.map(
              (value) => markup`<span data-live="${value}" data-function="${fn.path}"></span>`,
            ),
          ],
        })),
      )}`,
  };
}
