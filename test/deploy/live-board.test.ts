// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the templates are asserted in the unit tests:
// - the site’s TLS; here Chromium reaches it over HTTP;
// - the throttle and the access log of the API, its own host name (`leadToEmulator` gives functions the emulator's), and that it closes
//   connections that are idle or two hours old;
// - that the client gets the handler's `body` only where a route has `returnsResponse` (the emulator always sends it).
import { Page } from 'puppeteer-core';
import { describeInChromium, launchChromium } from '../support/chromium';
import { CommandLine } from './support/command';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { eventually } from './support/eventually';
import { leftovers } from './support/leftovers';
import { getRow, listRows } from './support/table-rows';
import { addressOf, Socket, leadToEmulator } from './support/sockets';
import { REAL_ACCOUNT } from './support/target';
import type { Change, Note } from '../../examples/live-board/src/note';

jest.setTimeout(TEST_TIMEOUT_MS);

const WAIT = { timeoutMs: REAL_ACCOUNT ? 120_000 : 45_000 };

describeDeployed(
  'examples/live-board',
  { folder: 'examples/live-board', stackName: 'LiveBoard', context: { stage: 'development' } },
  (app) => {
    const sockets: Socket[] = [];
    const connect = async (name: string): Promise<Socket> => {
      const { target, stack } = app();
      const socket = await Socket.open(target, stack.output('Url'), { name });
      sockets.push(socket);
      return socket;
    };
    const connections = async (): Promise<string[]> => {
      const { target, stack } = app();
      const rows = await listRows(target, stack.output('ConnectionsTable'));
      return rows.map((row) => String(row['name'])).sort();
    };
    const connected = (names: readonly string[]): Promise<unknown> =>
      eventually(
        `connected: ${names.join()}`,
        async () => JSON.stringify(await connections()) === JSON.stringify(names),
        WAIT,
      );
    const putBy = (socket: Socket, id: string): Promise<Change> =>
      socket.message<Change>(
        `the note ${id}`,
        (message) => message.kind === 'put' && message.note.id === id,
        WAIT,
      );

    beforeAll(() => leadToEmulator(app().target, app().stack));
    afterEach(async () => {
      await Promise.all(sockets.splice(0).map((socket) => socket.close()));
    });

    describe.each(IAM_MODES)('%s', (mode) => {
      const id = mode.replaceAll(' ', '-');
      beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

      test('a note that one client puts reaches all, with the name that the authorizer knows', async () => {
        const ada = await connect('ada');
        const bob = await connect('bob');

        ada.send({ action: 'put', id, text: 'hello' });

        const note = { id, text: 'hello', by: 'ada' };
        expect(await putBy(bob, id)).toEqual({ kind: 'put', note });
        expect(await putBy(ada, id)).toEqual({ kind: 'put', note });
      });

      test('a client gets the notes that it asks for', async () => {
        const ada = await connect('ada');

        ada.send({ action: 'list' });
        const { notes } = await ada.message<{ kind: string; notes: Note[] }>(
          'the list',
          ({ kind }) => kind === 'list',
          WAIT,
        );

        expect(notes).toContainEqual({ id, text: 'hello', by: 'ada' });
      });

      test('a client that sends an unknown message gets an error, and is disconnected', async () => {
        const eve = await connect('eve');

        eve.send('what is this?');

        await eve.message<{ kind: string }>('the answer', ({ kind }) => kind === 'unknown', WAIT);
        await eventually('eve is disconnected', () => Promise.resolve(eve.closed), WAIT);
      });

      test('the table has who is connected, and forgets who goes', async () => {
        const ada = await connect('ada');
        const bob = await connect('bob');
        await connected(['ada', 'bob']);

        await ada.close();
        await connected(['bob']);

        await bob.close();
        await connected([]);
      });
    });

    describeInChromium('the page', () => {
      const textOf = async (page: Page, selector: string): Promise<string> =>
        String(await page.evaluate(`document.querySelector('${selector}').textContent`));
      const shows = (page: Page, selector: string, text: string): Promise<unknown> =>
        eventually(
          `“${text}” is shown`,
          async () => (await textOf(page, selector)).includes(text),
          WAIT,
        );

      async function openBoard(page: Page, name: string): Promise<void> {
        const { target, stack } = app();
        const { origin, pathname, hash } = new URL(stack.output('Page'));
        const socketUrl = addressOf(target, hash.slice(1));
        const site = target.endpoint === undefined ? origin : origin.replace('https:', 'http:');
        await page.setExtraHTTPHeaders({ 'x-forwarded-proto': 'https' });
        await page.goto(`${site}${pathname}#${socketUrl}`);
        await page.type('#name', name);
        await page.click('#connect button');
        // Not `shows`: the text before is “not connected”.
        await page.waitForFunction(
          `document.querySelector('#status').textContent === 'connected'`,
          { timeout: WAIT.timeoutMs },
        );
      }

      test('shows a note that somebody puts in another window', async () => {
        const { target, stack } = app();
        const command = await CommandLine.build();
        const { code } = await command.run(app(), 'site', 'deploy');
        expect(code).toBe(0);
        const { host } = new URL(target.endpoint ?? stack.output('Page'));
        const site = new URL(stack.output('Page')).host;
        const browser = await launchChromium({
          args: [
            '--no-sandbox',
            ...(target.endpoint === undefined
              ? []
              : [
                  `--host-resolver-rules=MAP ${site} ${host}`,
                  `--unsafely-treat-insecure-origin-as-secure=http://${site}`,
                ]),
          ],
        });
        try {
          const bob = await browser.newPage();
          await openBoard(bob, 'bob');
          const ada = await browser.newPage();
          await openBoard(ada, 'ada');

          await ada.type('#text', 'hello from a browser');
          await ada.click('#put button');

          await shows(ada, '#notes', 'hello from a browser (ada)');
          await shows(bob, '#notes', 'hello from a browser (ada)');
        } finally {
          await browser.close();
        }
      });
    });

    test.each([['Nobody Special'], ['']])('the name "%s" is refused', async (name) => {
      await expect(connect(name)).rejects.toThrow(/refused with 40[13]/);
    });

    test('an entry expires two hours after the client connected', async () => {
      const { target, stack } = app();
      await connect('ada');
      await connected(['ada']);
      const [row] = await listRows(target, stack.output('ConnectionsTable'));
      const expiresAt = Number(row?.['expiresAt']) - Date.now() / 1000;

      expect(expiresAt).toBeGreaterThan(7000);
      expect(expiresAt).toBeLessThanOrEqual(7200);
    });

    test('a message that is no note is not saved', async () => {
      const { target, stack } = app();
      const ada = await connect('ada');

      ada.send({ action: 'put', id: 'long', text: 'x'.repeat(501) });
      ada.send({ action: 'put', id: 'after', text: 'short' });
      await putBy(ada, 'after');

      expect(await getRow(target, stack.output('NotesTable'), { id: 'long' })).toBeUndefined();
    });

    test('nothing is left after the stack is gone', async () => {
      const { target, stack } = app();
      const before = stack.resources;
      await app().destroy();

      expect(await leftovers(target, before)).toEqual([]);
    });
  },
);
