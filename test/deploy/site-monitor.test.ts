import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { fireSchedule, HttpAnswer, request, SCHEDULE_PATIENCE } from './support/drive';
import { eventually } from './support/eventually';
import { leftovers } from './support/leftovers';
import { getRow } from './support/table-rows';
import { REAL_ACCOUNT } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

// For production, so that the test sees what a destroyed stack leaves on purpose. A real account has it to delete then.
describeDeployed(
  'examples/site-monitor',
  { folder: 'examples/site-monitor', stackName: 'SiteMonitor' },
  (app) => {
    let server: http.Server;
    let origin = 'https://example.com';

    beforeAll(async () => {
      server = http.createServer((incoming, answer) => {
        answer.writeHead(incoming.url?.startsWith('/missing') === true ? 404 : 200).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      if (!REAL_ACCOUNT) {
        origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      }
    });
    afterAll(() => {
      server.close();
    });

    const addSite = (url: string, sign = true): Promise<HttpAnswer> => {
      const { target, stack } = app();
      const body = JSON.stringify({ url });
      return request(target, `${stack.output('Url')}sites`, { method: 'POST', body, sign });
    };
    const page = (): Promise<HttpAnswer> => {
      const { target, stack } = app();
      return request(target, stack.output('Url'));
    };

    describe.each(IAM_MODES)('%s', (mode) => {
      const query = `?${mode.replaceAll(' ', '-')}`; // each mode has its own sites
      let up = '';
      let down = '';

      beforeAll(async () => {
        await app().iam(mode);
        up = `${origin}/${query}`;
        down = `${origin}/missing${query}`;
      }, TEST_TIMEOUT_MS);

      test('a signed request adds a site', async () => {
        expect((await addSite(up)).status).toBe(201);
        expect((await addSite(down)).status).toBe(201);
        expect((await addSite('file:///etc/passwd')).status).toBe(400);
      });

      test('a request that is not signed adds none', async () => {
        expect((await addSite('http://example.com/unsigned', false)).status).toBe(403);
      });

      test('the schedules check the sites and calculate their uptime, and the page shows it', async () => {
        const { target, stack } = app();
        const uptimeOf = async (url: string): Promise<unknown> =>
          (await getRow(target, stack.output('SitesTable'), { url }))?.uptime;

        await fireSchedule(target, stack, 'CheckSites');
        const checked = await eventually(
          'the page shows a check',
          async () => {
            const answer = await page();
            const rows = answer.body.split('\n');
            const shows = (url: string, result: string): boolean =>
              rows.some((row) => row.includes(`<td>${url}</td>`) && row.includes(result));
            return shows(up, '🟢 200 OK') && shows(down, '🔴 404 Not Found') && answer;
          },
          SCHEDULE_PATIENCE,
        );
        await fireSchedule(target, stack, 'RateUptime');
        await eventually(
          'the uptime is worked out',
          async () => (await uptimeOf(up)) !== undefined && (await uptimeOf(down)) !== undefined,
          SCHEDULE_PATIENCE,
        );

        expect(checked.headers['content-type']).toBe('text/html; charset=utf-8');
        expect([await uptimeOf(up), await uptimeOf(down)]).toEqual([100, 0]);
        expect((await page()).body).toMatch('100 %');
      });
    });

    test('a second deployment changes nothing', async () => {
      expect(await app().deployAgain()).toMatch('SiteMonitor (no changes)');
    });

    test('in production, destroy leaves only the tables, the failed events and the logs', async () => {
      const { target, stack } = app();

      await app().destroy();

      expect(await leftovers(target, stack.resources)).toEqual([
        expect.stringMatching(/^MonitorChecks/),
        expect.stringMatching(/^MonitorFailureQueue/),
        expect.stringMatching(/^MonitorHttpAccessLog/),
        expect.stringMatching(/^MonitorLogs/),
        expect.stringMatching(/^MonitorSites/),
      ]);
    });
  },
);
