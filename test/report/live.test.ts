import * as http from 'node:http';
import { Browser, Page } from 'puppeteer-core';
import { LiveReport } from '../../bin/dev/live-report';
import type { AppModel } from '../../lib/model/app-model';
import { buildPage } from '../../scripts/build-report';
import { assemblyOf } from '../bin/support/fake-world';
import { describeInChromium, launchChromium } from '../support/chromium';
import { modelOf, sixFunctions } from '../support/report-apps';

jest.setTimeout(120_000);

const OK = { outcome: { result: '{}' }, log: [], durationMs: 12 };
const FAILED = {
  outcome: { error: { errorType: 'Error', errorMessage: '<b>no</b>' } },
  log: [],
  durationMs: 3,
  initMs: 100,
};

let report: LiveReport;
let model: AppModel;
let page: string;
const fnOf = (id: string): AppModel['functions'][number] => {
  const found = model.functions.find((fn) => fn.id === id);
  if (found === undefined) {
    throw new Error(`there is no ${id}`);
  }
  return found;
};

beforeAll(() => {
  buildPage();
  model = modelOf(sixFunctions);
});
beforeEach(async () => {
  report = await LiveReport.start();
  report.deployed(assemblyOf(model));
  page = `${report.url}${encodeURIComponent(model.app.path)}/`;
});
afterEach(() => {
  report.stop();
});

/** The status of an answer to a request, with these headers. */
function statusOf(url: string, headers: http.OutgoingHttpHeaders = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers }, (answer) => {
        answer.destroy();
        resolve(answer.statusCode ?? 0);
      })
      .once('error', reject);
  });
}

test('the page and its counts need the token and the host name of the address', async () => {
  const { host, pathname } = new URL(page);
  const withoutToken = `http://${host}/${'0'.repeat(48)}/${pathname.split('/')[2] ?? ''}/`;

  expect(await statusOf(page)).toBe(200);
  expect(await statusOf(`${page}counts`)).toBe(200);
  expect(await statusOf(`http://${host}/`)).toBe(404);
  expect(await statusOf(withoutToken)).toBe(404);
  expect(await statusOf(`${withoutToken}counts`)).toBe(404);
  expect(await statusOf(page, { host: 'evil.example' })).toBe(404);
  expect(
    await statusOf(`${page}counts`, { host: `evil.example:${host.split(':')[1] ?? ''}` }),
  ).toBe(404);
  expect(await statusOf(`${report.url}Other/`)).toBe(404);
  expect(await statusOf(`${report.url}%E0%A4%A/`)).toBe(404);
});

describeInChromium('the live report in Chromium', () => {
  let browser: Browser;
  let tab: Page;
  let problems: string[];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    problems = [];
    tab = await browser.newPage();
    tab.on('console', (message) => problems.push(message.text()));
    tab.on('pageerror', (error) => problems.push(String(error)));
  });
  afterEach(() => tab.close());

  const shows = (id: string, value: string, text: string): Promise<unknown> =>
    tab.waitForFunction(
      (selector: string, wanted: string) =>
        document.querySelector(selector)?.textContent === wanted,
      { timeout: 10_000 },
      `[data-live="${value}"][data-function="${fnOf(id).path}"]`,
      text,
    );

  test('it counts what runs, as it runs', async () => {
    report.ran(fnOf('GetOrder'), OK);
    await tab.goto(page);
    await shows('GetOrder', 'invocations', '1');
    await shows('GetOrder', 'last', '12 ms');
    await shows('GetOrder', 'result', 'succeeded');
    await shows('CloseDay', 'invocations', '–');

    report.ran(fnOf('GetOrder'), FAILED);
    report.ran(fnOf('CloseDay'), OK);

    await shows('GetOrder', 'invocations', '2');
    await shows('GetOrder', 'errors', '1');
    await shows('GetOrder', 'coldStarts', '1');
    await shows('GetOrder', 'result', 'Error: <b>no</b>');
    await shows('CloseDay', 'invocations', '1');
    expect(await tab.$eval('#live-state', (state) => state.textContent)).toBe('Connected.');
    expect(problems).toEqual([]);
  });

  test('it shows the functions of a new deployment', async () => {
    await tab.goto(page);
    await shows('GetOrder', 'invocations', '–');
    model = {
      ...model,
      functions: [...model.functions, { ...fnOf('GetOrder'), id: 'Added', path: 'Added' }],
    };
    report.deployed(assemblyOf(model));

    await shows('Added', 'invocations', '–');
    expect(problems).toEqual([]);
  });

  test('it says when dev has ended', async () => {
    await tab.goto(page);
    await shows('GetOrder', 'invocations', '–');
    report.stop();

    await tab.waitForFunction(
      () => document.getElementById('live-state')?.textContent.startsWith('Not connected'),
      { timeout: 10_000 },
    );
  });
});
