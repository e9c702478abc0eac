import axe from 'axe-core';
import { Browser, Page } from 'puppeteer-core';
import { AppModel } from '../../lib/model/app-model';
import { estimateOf } from '../../lib/cost/estimate';
import { dollars } from '../../lib/report/cost-view';
import { eventsAt, LoadRange } from '../../lib/report/load-range';
import { reportHtml } from '../../lib/report/report-html';
import { buildPage } from '../../scripts/build-report';
import { describeInChromium, launchChromium } from '../support/chromium';
import { manyFunctions, modelOf, sixFunctions } from '../support/report-apps';
import { fs, tempFolder } from '../support/synth';

jest.setTimeout(120_000);

describeInChromium('the report in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let model: AppModel;
  let problems: string[];

  beforeAll(async () => {
    buildPage();
    model = modelOf(sixFunctions);
    browser = await launchChromium();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    problems = [];
    page = await browser.newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) {
        problems.push(`asked for ${request.url()}`);
      }
    });
  });

  afterEach(() => page.close());

  async function open(of: AppModel = model, width = 1280, scheme = 'light'): Promise<void> {
    const file = `${tempFolder()}/report.html`;
    fs.writeFileSync(file, reportHtml({ model: of }));
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setViewport({ width, height: 900 });
    await page.goto(`file://${file}`);
  }

  const textOf = (selector: string): Promise<string> =>
    page.$eval(selector, (element) => element.textContent);

  test('opens without an error, a warning or the network', async () => {
    await open();

    expect(problems).toEqual([]);
    expect(await page.title()).toBe('App · serverless app report');
  });

  test.each([6, 150])('the graph of %i functions has a node for each', async (many) => {
    await open(manyFunctions(model, many));

    const names = await page.$$eval('.node.function', (nodes) =>
      nodes.map((node) => node.getAttribute('data-key')),
    );

    expect(new Set(names).size).toBe(many);
    expect(problems).toEqual([]);
  });

  test.each([0, 137, 250, 375, 500])(
    'at step %i the slider shows the total that the estimate’s own function calculates',
    async (step) => {
      await open();

      await page.$eval(
        '#load',
        (slider, to) => {
          (slider as HTMLInputElement).value = String(to);
          slider.dispatchEvent(new Event('input'));
        },
        step,
      );

      const { monthlyDollars } = new LoadRange(model).estimateAt(eventsAt(step));
      expect(await textOf('#cost-headline .total')).toBe(dollars(monthlyDollars));
      expect(
        await page.$eval('#load', (slider) => slider.getAttribute('aria-valuetext')),
      ).toContain(dollars(monthlyDollars));
    },
  );

  test.each(['low', 'moderate', 'high'] as const)(
    'the button of the level %s shows the level’s estimate to the cent',
    async (level) => {
      await open();

      await page.click(`[data-level=${level}]`);

      const { monthlyDollars } = estimateOf(model).levels[level];
      expect(await textOf('#cost-headline .total')).toBe(dollars(monthlyDollars));
    },
  );

  const isWithin = (selector: string): Promise<boolean> =>
    page.$eval(
      selector,
      ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth <= clientWidth && scrollHeight <= clientHeight,
    );

  test.each([
    [1280, 6, 'wide'],
    [800, 6, 'narrow'],
    [390, 6, 'narrow'],
    [390, 20, 'narrow'],
  ])(
    'at %i px the graph of %i functions is shown whole, in all its columns',
    async (width, many, shape) => {
      await open(manyFunctions(model, many), width);

      expect(await page.$$eval('.graph', (all) => all.map((it) => it.classList.value))).toEqual([
        `graph ${shape}`,
      ]);
      expect(await isWithin('#graph-frame')).toBe(true);
      expect(
        await page.$$eval('.graph-headings, .graph-more', (all) =>
          all
            .filter((it) => getComputedStyle(it).display !== 'none')
            .map((it) => it.classList.value),
        ),
      ).toEqual([`graph-headings ${shape}`]);
    },
  );

  test.each([1280, 390])('at %i px a graph that goes on below says so', async (width) => {
    await open(manyFunctions(model, 150), width);
    const isSeen = (): Promise<string> =>
      page.$eval('.graph-more', (it) => {
        const { display, visibility } = getComputedStyle(it);
        return display === 'none' ? display : visibility;
      });

    expect(await isWithin('#graph-frame')).toBe(false);
    expect(await isSeen()).toBe('visible');
    await page.$eval('#graph-frame', async (frame) => {
      frame.scrollTop = frame.scrollHeight;
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(await isSeen()).toBe('hidden');
  });

  test('at 390 px the navigation is not clipped', async () => {
    await open(model, 390);

    expect(await isWithin('nav ul')).toBe(true);
    expect(
      await page.$$eval('nav a', (links) =>
        links.every((it) => it.getBoundingClientRect().right < 390),
      ),
    ).toBe(true);
  });

  test('at 390 px the page is a few screens long, because the tables begin folded', async () => {
    await open(model, 390);

    expect(await page.$$('details[open]')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(5000);
  });

  test('on paper nothing is folded', async () => {
    await open();

    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.$$('details:not([open])')).toEqual([]);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.$$('details[open]')).toEqual([]);
  });

  test('another peak reaches other limits', async () => {
    await open();
    const before = await textOf('#limits-met');

    await page.select('#peak', '100');

    expect(await textOf('#limits-met')).not.toBe(before);
  });

  test.each([
    [1280, 6],
    [390, 6],
    [1280, 150],
    [390, 150],
  ])(
    'at %i px no text of %i functions overlaps another, and the page does not scroll sideways',
    async (width, many) => {
      const of = manyFunctions(model, many);
      await open(of, width);
      await page.$$eval('details', (all) => {
        all.forEach((details) => {
          details.open = true;
        });
      });

      expect(await overlaps(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    },
  );

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ])('axe finds nothing on the %s page at %i px, contrast included', async (scheme, width) => {
    await open(model, width, scheme);
    await page.evaluate(axe.source);

    const violations = await page.evaluate(async () => {
      const { axe: checker } = window as unknown as { axe: typeof import('axe-core') };
      const results = await checker.run(document, { resultTypes: ['violations'] });
      return results.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
    });

    expect(violations).toEqual([]);
  });

  test('the Tab key reaches every control, and the graph is one stop', async () => {
    await open();
    const reached: string[] = [];
    let name: string;
    do {
      await page.keyboard.press('Tab');
      name = await page.evaluate(() => {
        const element = document.activeElement ?? document.body;
        return (
          [element.id, element.classList.value, element.tagName].find((word) => word !== '') ?? ''
        );
      });
      reached.push(name);
    } while (name !== 'BODY' && reached.length < 100);

    expect(reached).toEqual(
      expect.arrayContaining(['skip', 'theme', 'graph-filter', 'graph-frame', 'load', 'peak']),
    );
    expect(reached.filter((name) => name.startsWith('node'))).toHaveLength(1);
  });

  test('the arrow keys follow the edges of the graph, and Enter shows what a node is', async () => {
    await open();
    await page.$eval('.node[data-key="function:GetOrder"]', (node) => {
      (node as SVGGElement).focus();
    });

    await page.keyboard.press('ArrowLeft');
    const left = await page.evaluate(() => document.activeElement?.getAttribute('data-key'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');

    expect(left).toBe('event:http:GetOrder');
    expect(await textOf('#graph-detail')).toMatch(
      /^GetOrder 1024 MB · 10 s\. Function: runs on GET \/orders\/\{id\}\. reads Orders$/,
    );
  });

  test('a word filters the graph to matching nodes and their connections', async () => {
    await open(manyFunctions(model, 150));

    await page.type('#graph-filter', 'GetOrderOfDepartment12');

    const names = await page.$$eval('.node.function', (nodes) =>
      nodes.map((node) => node.getAttribute('data-key')),
    );
    expect(names).toEqual([
      'function:GetOrderOfDepartment12',
      'function:GetOrderOfDepartment120',
      'function:GetOrderOfDepartment126',
    ]);
    expect(await textOf('#graph-status')).toBe('3 of 150 functions');
  });

  test('the button changes the theme independently of the system', async () => {
    await open(model, 1280, 'dark');
    const background = (): Promise<string> =>
      page.$eval('body', (body) => getComputedStyle(body).backgroundColor);
    const dark = await background();

    await page.click('#theme');

    expect(await textOf('#theme')).toBe('Theme: light');
    expect(await background()).not.toBe(dark);
  });

  test('on paper it is light, without interactive parts', async () => {
    await open(model, 1280, 'dark');
    await page.emulateMediaType('print');

    expect(await page.$eval('body', (body) => getComputedStyle(body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await page.$eval('nav', (nav) => getComputedStyle(nav).display)).toBe('none');
    const pdf = await page.pdf({ format: 'A4' });
    expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-');
  });

  test('without scripts, graph, cost, limits and defaults are visible', async () => {
    await page.setJavaScriptEnabled(false);
    await open();

    expect(await page.$$('.graph.wide .node.function')).toHaveLength(6);
    expect(await textOf('#cost-headline .total')).toBe(
      dollars(estimateOf(model).levels.moderate.monthlyDollars),
    );
  });

  test('the contents of the model are text and nothing else', async () => {
    const evil = `</script></title><img src=x onerror="document.title='run'">`;
    const [first, ...others] = model.functions;
    const functions = first === undefined ? [] : [{ ...first, id: evil, entry: evil }, ...others];
    await open({ ...model, app: { ...model.app, id: evil }, functions });
    await page.type('#graph-filter', 'img');

    expect(await page.$$('img')).toEqual([]);
    expect(await page.title()).toBe(`${evil} · serverless app report`.replace(/\s+/g, ' '));
    expect(problems).toEqual([]);
  });
});

/** Pairs of texts that cover each other: of the page, and of the whole graph, of which its frame shows a part. */
async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = { page: [] as Text[], graph: [] as Text[] };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      // The contents and the headings of the graph stay in place while the page moves below them; a title is shown by nobody.
      if (parent?.closest('nav, .unseen, .skip, title, script, select, .graph-headings') === null) {
        texts[parent.closest('.graph') === null ? 'page' : 'graph'].push(node as Text);
      }
    }
    const overlapsOf = (all: readonly Text[]): string[] => {
      const boxes = all.flatMap((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()].map((box) => ({ words: text.data.trim(), box }));
      });
      const seen = boxes.filter(
        ({ words, box }) => words !== '' && box.width > 1 && box.height > 1,
      );
      seen.sort((a, b) => a.box.top - b.box.top);
      return seen.flatMap((a, i) => {
        const covering: string[] = [];
        for (const b of seen.slice(i + 1)) {
          if (b.box.top >= a.box.bottom) {
            break;
          }
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const down = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
          // The boxes of two lines of text may touch: they are higher than the letters.
          if (across > 1 && down > 4) {
            covering.push(`${a.words} / ${b.words}`);
          }
        }
        return covering;
      });
    };
    return [...overlapsOf(texts.page), ...overlapsOf(texts.graph)].slice(0, 10);
  });
}
