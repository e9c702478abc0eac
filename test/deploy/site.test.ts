// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the template and the functions are asserted in the unit tests:
// - requests to the API through CloudFront: the emulator answers 502 for an origin at an AWS host;
// - the answer 404 for a file that does not exist, where the emulator answers 403 whatever the policy of the bucket says;
// - the cache, and so what an invalidation removes from it; compression, HTTP/3, TLS versions, domains.
import {
  CloudFrontClient,
  GetInvalidationCommand,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as http from 'node:http';
import * as path from 'node:path';
import { CommandLine, Outcome } from './support/command';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { HttpAnswer, request } from './support/drive';
import { REPOSITORY } from './support/folders';
import { REAL_ACCOUNT } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

const NOT_FOUND = REAL_ACCOUNT ? 404 : 403;
const FIXTURE = path.join(REPOSITORY, 'test', 'deploy', 'fixtures', 'site');

describeDeployed('a site', { folder: 'test/deploy/fixtures/site', stackName: 'Site' }, (app) => {
  let command: CommandLine;
  beforeAll(async () => {
    command = await CommandLine.build();
  });

  const deploySite = (...args: string[]): Promise<Outcome> =>
    command.run(app(), 'site', 'deploy', ...args);

  /** What a browser gets. An emulator recognizes the distribution by the host name. */
  const browse = async (file: string): Promise<HttpAnswer> => {
    const { target, stack } = app();
    const url = new URL(file, stack.output('SiteUrl'));
    const { endpoint } = target;
    if (endpoint === undefined) {
      return request(target, url.href);
    }
    const { hostname, port } = new URL(endpoint);
    const headers = { host: url.hostname, 'x-forwarded-proto': 'https' };
    return new Promise((resolve, reject) => {
      http
        .get({ hostname, port, path: url.pathname, headers }, (incoming) => {
          let body = '';
          incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
          incoming.on('end', () => {
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
          });
        })
        .on('error', reject);
    });
  };

  const invalidations = async (): Promise<string[][]> => {
    const { target, stack } = app();
    const client = new CloudFrontClient(target.clientOptions);
    const DistributionId = stack.resource('AWS::CloudFront::Distribution', 'SiteDistribution');
    const { InvalidationList } = await client.send(
      new ListInvalidationsCommand({ DistributionId }),
    );
    return Promise.all(
      (InvalidationList?.Items ?? []).map(async ({ Id }) => {
        const { Invalidation } = await client.send(
          new GetInvalidationCommand({ DistributionId, Id }),
        );
        return Invalidation?.InvalidationBatch?.Paths?.Items ?? [];
      }),
    );
  };

  const headersOf = async (Key: string): Promise<(string | undefined)[]> => {
    const { target, stack } = app();
    const { ContentType, CacheControl } = await new S3Client(target.clientOptions).send(
      new HeadObjectCommand({ Bucket: stack.output('SiteBucketName'), Key }),
    );
    return [ContentType, CacheControl];
  };

  test('the first upload puts all files with their headers, pages last, and invalidates nothing', async () => {
    const { code, stdout, stderr } = await deploySite('--json');

    expect([code, stderr]).toEqual([
      0,
      'Site/App/Site: 4 files uploaded, 0 deleted, 0 paths invalidated\n',
    ]);
    const [{ uploaded }] = JSON.parse(stdout) as [{ uploaded: string[] }];
    expect(uploaded).toEqual(['assets/main-BX3k9aZ1.js', 'old.txt', 'robots.txt', 'index.html']);
    expect(await invalidations()).toEqual([]);
    expect(await headersOf('index.html')).toEqual(['text/html; charset=utf-8', 'no-cache']);
    expect(await headersOf('assets/main-BX3k9aZ1.js')).toEqual([
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
    expect(await headersOf('robots.txt')).toEqual([
      'text/plain; charset=utf-8',
      'public, max-age=0, s-maxage=31536000, must-revalidate',
    ]);
  });

  test('browsers get the files, the page for paths that are no file, and no page for a file that is not there', async () => {
    const page = '<script src="/assets/main-BX3k9aZ1.js"></script>';

    expect(await browse('/')).toMatchObject({
      status: 200,
      body: expect.stringContaining(page) as string,
    });
    expect(await browse('/orders/john.doe')).toMatchObject({
      status: 200,
      body: expect.stringContaining(page) as string,
      headers: { 'strict-transport-security': 'max-age=31536000', 'x-frame-options': 'SAMEORIGIN' },
    });
    expect(await browse('/assets/main-BX3k9aZ1.js')).toMatchObject({
      status: 200,
      body: "export const title = 'first';\n",
    });
    expect(await browse('/assets/main-gone.js')).toMatchObject({ status: NOT_FOUND });
  });

  test('an upload without changes does nothing', async () => {
    expect(await deploySite()).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Site/App/Site: nothing has changed\n',
    });
  });

  test('--dry-run shows a change and makes none', async () => {
    const { stdout, stderr } = await deploySite(
      'Site',
      '--folder',
      path.join(FIXTURE, 'web-next'),
      '--dry-run',
    );

    expect(stdout).toContain('upload      assets/main-Qw8Rt2Zp.js (31 bytes)\n');
    expect(stderr).toBe(
      'Site/App/Site: 2 files would be uploaded, 2 would be deleted, 3 paths would be invalidated\n',
    );
    expect((await browse('/old.txt')).status).toBe(200);
  });

  test('a further upload puts what changed, deletes what is gone, and invalidates only that', async () => {
    const { code, stdout } = await deploySite('--folder', path.join(FIXTURE, 'web-next'), '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        app: 'Site/App',
        site: 'Site',
        uploaded: ['assets/main-Qw8Rt2Zp.js', 'index.html'],
        deleted: ['assets/main-BX3k9aZ1.js', 'old.txt'],
        invalidated: ['/index.html', '/assets/main-BX3k9aZ1.js', '/old.txt'],
      },
    ]);
    expect((await invalidations()).map((paths) => [...paths].sort())).toEqual([
      ['/assets/main-BX3k9aZ1.js', '/index.html', '/old.txt'],
    ]);
    expect((await browse('/')).body).toContain('/assets/main-Qw8Rt2Zp.js');
    expect((await browse('/old.txt')).status).toBe(NOT_FOUND);
  });
});
