/** @own-modules cdk-nag looks for the newest release in `Runtime.ALL`, to which other files add releases that do not exist. */
import { App, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AppStage,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  SiteOptions,
  SiteRouting,
  SiteUpload,
} from 'cdk-serverless-app';
import * as vm from 'node:vm';
import { AppContext } from '../../lib/core/app-context';
import { apiPathCode, routingCode } from '../../lib/site/site-functions';
import { nagFindings } from '../support/nag';
import {
  all,
  fs,
  HANDLERS,
  ids,
  only,
  path,
  quickCdkApp,
  resources,
  templateOf,
  tempFolder,
  warnings,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const WEB = tempFolder({ 'index.html': '<p>', 'main-BX3k9aZ1.js': '1', 'data/a.geojson': '{}' });
const US = { account: '111111111111', region: 'us-east-1' };

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly [name: string]: unknown;
}

interface Config {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors?: Behavior[];
  readonly Origins: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly [name: string]: unknown;
}

interface Made {
  readonly cdk: App;
  readonly app: ServerlessApp;
  readonly stack: Stack;
}

function withSite(
  options: SiteOptions = {},
  { props = {}, routes = true }: { props?: ServerlessAppProps; routes?: boolean } = {},
): Made {
  const cdk = quickCdkApp();
  const stack = new Stack(cdk, 'Test', { env: { ...US, region: 'eu-west-1' } });
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...props });
  app.addSite(WEB, options);
  if (routes) {
    app.onRequest('GET /orders', 'ok.ts');
  } else {
    app.addFunction('Work', { entry: 'ok.ts' });
  }
  return { cdk, app, stack };
}

function configOf(stack: Stack): Config {
  return only(stack, DISTRIBUTION)['DistributionConfig'] as Config;
}

const ROLE = 'arn:aws:acm:us-east-1:111111111111:certificate/1';
const certificate = (stack: Stack, arn = ROLE): acm.ICertificate =>
  acm.Certificate.fromCertificateArn(stack, 'Certificate', arn);

describe('the files', () => {
  test('are in a private bucket that only the distribution may read', () => {
    const { stack } = withSite();

    const [bucket] = Object.entries(resources(stack, 'AWS::S3::Bucket')).find(([id]) =>
      id.includes('Site'),
    ) ?? [''];
    const policies = all(stack, 'AWS::S3::BucketPolicy').filter((policy) =>
      JSON.stringify(policy).includes(`{"Ref":"${bucket}"}`),
    );
    expect(policies).toHaveLength(1);
    expect(policies[0]).toMatchObject({
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny' },
          {
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:ListBucket'],
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() as unknown } },
          },
        ],
      },
    });
    expect(resources(stack)[bucket]?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    });
  });

  test('are retained in production, and in development the bucket goes with the stack', () => {
    const policyOf = (stage: AppStage): unknown =>
      Object.entries(resources(withSite({}, { props: { stage } }).stack, 'AWS::S3::Bucket'))
        .filter(([id]) => id.includes('Site'))
        .map(([, bucket]) => (bucket as unknown as { DeletionPolicy: string }).DeletionPolicy)[0];

    expect(policyOf(AppStage.PRODUCTION)).toBe('RetainExceptOnCreate');
    expect(policyOf(AppStage.DEVELOPMENT)).toBe('Delete');
  });

  test('bring no function into the account, unless a helper is asked for', () => {
    const functions = (options: SiteOptions): number =>
      ids(withSite(options).stack, 'AWS::Lambda::Function').length - 1;

    expect(functions({})).toBe(0);
    expect(functions({ upload: SiteUpload.byCommand() })).toBe(0);
    expect(functions({ upload: SiteUpload.bucketDeployment() })).toBe(1);
  });

  test('are copied into the cloud assembly, where the model names them', () => {
    const { cdk, app } = withSite();
    const { directory } = cdk.synth();

    const model = JSON.parse(
      fs.readFileSync(path.join(directory, 'Test.App.serverless-app.json'), 'utf8'),
    ) as { sites: [{ files: string; bytes: number }] };
    const [{ files, bytes }] = model.sites;
    expect(fs.readdirSync(path.join(directory, files)).sort()).toEqual([
      'data',
      'index.html',
      'main-BX3k9aZ1.js',
    ]);
    expect(bytes).toBe(6);
    expect(app.node.findAll().length).toBeGreaterThan(0);
  });

  test('a helper uploads each kind of file with its header, pages last', () => {
    const { stack } = withSite({ upload: SiteUpload.bucketDeployment() }, { routes: false });

    const uploads = all(stack, 'Custom::CDKBucketDeployment').map(
      ({ Include, SystemMetadata, Prune, DistributionPaths }) => ({
        Include,
        SystemMetadata,
        Prune,
        DistributionPaths,
      }),
    );
    expect(uploads).toEqual([
      {
        Include: ['main-BX3k9aZ1.js'],
        SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
        Prune: false,
      },
      {
        Include: ['data/a.geojson'],
        SystemMetadata: {
          'cache-control': 'public, max-age=0, s-maxage=31536000, must-revalidate',
        },
        Prune: false,
      },
      {
        Include: ['index.html'],
        SystemMetadata: { 'cache-control': 'no-cache' },
        Prune: false,
        DistributionPaths: ['/*'],
      },
    ]);
  });
});

describe('the distribution', () => {
  test('has HTTPS, HTTP/3, compression, a cache and security headers', () => {
    const config = configOf(withSite().stack);

    expect(config['HttpVersion']).toBe('http2and3');
    expect(config.DefaultCacheBehavior).toMatchObject({
      Compress: true,
      ViewerProtocolPolicy: 'redirect-to-https',
      CachePolicyId: cloudfront.CachePolicy.CACHING_OPTIMIZED.cachePolicyId,
      ResponseHeadersPolicyId:
        cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS.responseHeadersPolicyId,
    });
    expect(config).not.toHaveProperty('CustomErrorResponses');
  });

  test('has the names of its functions and its access control once in the account, in whichever region', () => {
    const { stack } = withSite();

    const names = [
      ...all(stack, 'AWS::CloudFront::Function').map(({ Name }) => Name),
      ...all(stack, 'AWS::CloudFront::OriginAccessControl').map(
        ({ OriginAccessControlConfig }) => (OriginAccessControlConfig as { Name: unknown }).Name,
      ),
    ];
    expect(names).toHaveLength(3);
    names.forEach((name) => {
      expect(JSON.stringify(name)).toContain('AWS::StackId');
    });
  });

  test('has a domain with TLS 1.2 and records', () => {
    const { stack } = withSite();
    const other = new ServerlessApp(stack, 'Other', { root: HANDLERS });
    other.addFunction('Work', { entry: 'ok.ts' });
    const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z1',
      zoneName: 'example.com',
    });
    const site = other.addSite(WEB, {
      domain: { domainName: 'www.example.com', certificate: certificate(stack), hostedZone },
    });

    const config = all(stack, DISTRIBUTION)[1]?.['DistributionConfig'] as Config;
    expect(config['Aliases']).toEqual(['www.example.com']);
    expect(config['ViewerCertificate']).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021' });
    expect(all(stack, 'AWS::Route53::RecordSet').map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
    expect(site.url).toBe('https://www.example.com/');
  });

  test('takes the options that belong to CloudFront', () => {
    const { stack } = withSite();
    const other = new ServerlessApp(stack, 'Other', { root: HANDLERS });
    other.addFunction('Work', { entry: 'ok.ts' });
    other.addSite(WEB, {
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      geoRestriction: cloudfront.GeoRestriction.allowlist('DE'),
      webAclArn: 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/x/1',
      accessLogBucket: new s3.Bucket(stack, 'SiteLogs', {
        objectOwnership: s3.ObjectOwnership.OBJECT_WRITER,
      }),
      responseHeadersPolicy: new cloudfront.ResponseHeadersPolicy(stack, 'Headers'),
      bucketOptions: { removalPolicy: RemovalPolicy.DESTROY },
    });

    const config = all(stack, DISTRIBUTION)[1]?.['DistributionConfig'] as Config;
    expect(config).toMatchObject({
      PriceClass: 'PriceClass_100',
      Restrictions: { GeoRestriction: { Locations: ['DE'] } },
      WebACLId: 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/x/1',
      Logging: {},
    });
    expect(config.DefaultCacheBehavior['ResponseHeadersPolicyId']).toEqual({
      Ref: expect.stringContaining('Headers') as string,
    });
  });
});

describe('the API', () => {
  test('gets requests uncached, with everything of the viewer but the host, and without the path', () => {
    const { stack } = withSite();

    const { CacheBehaviors = [], Origins } = configOf(stack);
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/api', '/api/*']);
    for (const behavior of CacheBehaviors) {
      expect(behavior).toMatchObject({
        CachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyId,
        OriginRequestPolicyId:
          cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: expect.arrayContaining(['POST', 'DELETE']) as unknown,
        FunctionAssociations: [{ EventType: 'viewer-request' }],
      });
    }
    const origin = Origins.find(({ Id }) => Id === CacheBehaviors[0]?.TargetOriginId);
    expect(JSON.stringify(origin)).toContain('.execute-api.eu-west-1.');
    expect(origin).not.toHaveProperty('OriginPath');
  });

  test('of the type REST is at its stage', () => {
    const { stack } = withSite({}, { props: { rest: { accessLog: false } } });

    expect(configOf(stack).Origins[1]).toMatchObject({ OriginPath: '/live' });
  });

  test('at a domain only, is found there', () => {
    const cdk = quickCdkApp();
    const stack = new Stack(cdk, 'Test', { env: US });
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      http: {
        domain: { domainName: 'api.example.com', certificate: certificate(stack), path: 'v1' },
        apiOptions: { disableExecuteApiEndpoint: true },
      },
    });
    app.addSite(WEB);
    app.onRequest('GET /orders', 'ok.ts');

    expect(configOf(stack).Origins[1]).toMatchObject({
      DomainName: 'api.example.com',
      OriginPath: '/v1',
    });
  });

  test('is left out where the app has none, or the site is to be without it', () => {
    expect(configOf(withSite({}, { routes: false }).stack)).not.toHaveProperty('CacheBehaviors');
    expect(configOf(withSite({ api: false }).stack)).not.toHaveProperty('CacheBehaviors');
  });

  test('has another path on request', () => {
    const { stack, app } = withSite({ apiPath: 'v1/api' });

    const patterns = configOf(stack).CacheBehaviors?.map(({ PathPattern }) => PathPattern);
    expect(patterns).toEqual(['/v1/api', '/v1/api/*']);
    expect(AppContext.of(app).app).toBe(app);
  });

  test('that is private fails', () => {
    const { cdk } = withSite({}, { props: {}, routes: false });
    const stack = new Stack(cdk, 'Private');
    const vpcEndpoints = [{ vpcEndpointId: 'vpce-1' }] as never;
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      rest: { vpcEndpoints, accessLog: false },
    });
    app.addSite(WEB);
    app.onRequest('GET /', 'ok.ts');

    expect(() => cdk.synth()).toThrow(/rest\.vpcEndpoints.*CloudFront cannot reach a private API/);
  });
});

/** Runs the code of a CloudFront Function on a request. */
function uriAfter(code: string, uri: string): string {
  const context = vm.createContext({ event: { request: { uri } } });
  vm.runInContext(code, context);
  return (vm.runInContext('handler(event)', context) as { uri: string }).uri;
}

describe('the functions of the distribution', () => {
  test.each([
    ['/api/orders', '/orders'],
    ['/api/orders/a%20b', '/orders/a%20b'],
    ['/api/', '/'],
    ['/api', '/'],
    ['/api/api/x', '/api/x'],
  ])('the API gets %s as %s', (uri, expected) => {
    expect(uriAfter(apiPathCode('api'), uri)).toBe(expected);
  });

  test.each([
    ['/', '/index.html'],
    ['/orders/7', '/index.html'],
    ['/users/john.doe', '/index.html'],
    ['/v1.2/', '/index.html'],
    ['/assets/main.js', '/assets/main.js'],
    ['/photo.JPG', '/photo.JPG'],
    ['/data/a.geojson', '/data/a.geojson'],
    ['/gone.css', '/gone.css'],
  ])('a single page answers: %s is %s', (uri, expected) => {
    expect(uriAfter(routingCode(SiteRouting.SINGLE_PAGE, ['geojson']), uri)).toBe(expected);
  });

  test.each([
    ['/', '/index.html'],
    ['/docs', '/docs/index.html'],
    ['/docs/', '/docs/index.html'],
    ['/docs/a.html', '/docs/a.html'],
  ])('each folder has its page: %s is %s', (uri, expected) => {
    expect(uriAfter(routingCode(SiteRouting.FOLDERS, []), uri)).toBe(expected);
  });

  test('are below the 10 KB that CloudFront allows', () => {
    const code = routingCode(SiteRouting.FOLDERS, ['geojson', 'topojson']);

    expect(Buffer.byteLength(code)).toBeLessThan(10_240);
  });
});

describe('the whole app', () => {
  test.each([AppStage.PRODUCTION, AppStage.DEVELOPMENT])('%s: cdk-nag finds nothing', (stage) => {
    const { cdk, app } = withSite({}, { props: { stage }, routes: false });
    expect(app.stage).toBe(stage);
    cdk.synth();

    expect(nagFindings(cdk)).toEqual([]);
  });

  test.each([
    ['without a domain', () => ({})],
    [
      'with one',
      (stack: Stack) => ({
        domain: { domainName: 'www.example.com', certificate: certificate(stack) },
      }),
    ],
  ])('%s: synthesis prints no warning', (_name, optionsOf) => {
    const { app, stack } = withSite({}, { routes: false });
    app.addSite(WEB, { id: 'Second', ...optionsOf(stack) });

    expect(warnings(stack)).toEqual([]);
  });

  test('cdk-nag finds what CloudFront lacks without acknowledgements', () => {
    const { cdk } = withSite({}, { props: { acknowledgements: false }, routes: false });
    cdk.synth();

    const rules = nagFindings(cdk).map((finding) => finding.split(/[ [\]]/)[1]);
    const ofSite = [...new Set(rules)].filter((rule) => rule?.includes('-CFR') === true);
    expect(ofSite.sort()).toEqual([
      'AwsSolutions-CFR1',
      'AwsSolutions-CFR2',
      'AwsSolutions-CFR3',
      'AwsSolutions-CFR4',
    ]);
  });

  test('has no cycle, and keeps the site in the main stack where functions are in shards', () => {
    const { stack } = withSite({}, { props: { sharding: Sharding.nestedStacks(2) } });

    expect(findCycle(templateOf(stack))).toBeUndefined();
    expect(ids(stack, DISTRIBUTION)).toHaveLength(1);
  });

  test('counts the site, with the requests to the API, and lists it as counted', () => {
    const { app } = withSite({
      monthlyRequests: { moderate: 2_000_000 },
      responseSize: Size.kibibytes(100),
    });

    const quantities = Object.fromEntries(
      app
        .estimate()
        .moderate.parts.filter(({ resource }) => resource === 'Site')
        .map(({ price, quantity }) => [price, quantity]),
    );
    expect(quantities).toMatchObject({
      's3.gets': 200_000,
      'cloudFront.functions': 3_000_000,
      'cloudFront.requests': 3_000_000,
      'cloudFront.out': expect.closeTo((2_000_000 * 100 * 1024) / 2 ** 30, 6) as number,
    });
    expect(app.estimate().uncounted).toEqual([]);
  });
});

describe('fails', () => {
  test.each(['cn-north-1', 'us-gov-west-1'])('in the region %s, without CloudFront', (region) => {
    const stack = new Stack(quickCdkApp(), 'Test', { env: { ...US, region } });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });

    expect(() => app.addSite(WEB)).toThrow(
      `must be in a stack in a region where CloudFormation supports AWS::CloudFront::Function, got a site in ${region}`,
    );
  });

  const bad = (folder: string, options: SiteOptions = {}): (() => void) => {
    const app = new ServerlessApp(new Stack(quickCdkApp(), 'Test'), 'App', { root: HANDLERS });
    return () => {
      app.addSite(folder, options);
    };
  };

  test('where the folder does not exist', () => {
    expect(bad('no/such/folder')).toThrow(
      /^Test\/App: `sites\.Site\.folder` must be a folder with the built site, relative to the app’s `root`, .*, got "no\/such\/folder": build the site before you synthesize, or correct the path$/,
    );
  });

  test('where it has no page', () => {
    expect(bad(tempFolder({ 'a.js': '' }))).toThrow(
      /`sites\.Site\.folder` must contain index\.html/,
    );
  });

  test('where it has a file that usually holds secrets', () => {
    expect(bad(tempFolder({ 'index.html': '', 'a/.env': 'KEY=1' }))).toThrow(
      /must not contain files that usually hold secrets, because the site is public, got a\/\.env/,
    );
  });

  test.each(['', '/api', 'api/', 'a b', 'api/*'])('with the path %p of the API', (apiPath) => {
    expect(bad(WEB, { apiPath })).toThrow(/`sites\.Site\.apiPath` must be a path of letters/);
  });

  test.each(['assets', '/assets/', '/'])('with the unchanging folder %p', (prefix) => {
    expect(bad(WEB, { immutable: ['ok/', prefix] })).toThrow(
      /`sites\.Site\.immutable\[1\]` must be a folder of the site/,
    );
  });

  test('with a certificate of another region', () => {
    const arn = ROLE.replace('us-east-1', 'eu-west-1');

    expect(
      bad(WEB, {
        domain: { domainName: 'a.example.com', certificate: certificate(new Stack(), arn) },
      }),
    ).toThrow(/`sites\.Site\.domain\.certificate` must be in us-east-1, .*got one in eu-west-1/);
  });

  test('with the domain of another site', () => {
    const { app, stack } = withSite({}, { routes: false });
    const domain = { domainName: 'a.example.com', certificate: certificate(stack) };
    app.addSite(WEB, { id: 'One', domain });

    expect(() => app.addSite(WEB, { id: 'Two', domain })).toThrow(
      /`sites\.Two\.domain\.domainName` must not be the domain of another site/,
    );
  });

  test('with an id twice', () => {
    expect(() => withSite().app.addSite(WEB)).toThrow(/`sites\.Site` must have a unique id/);
  });

  test('with an option that does not exist', () => {
    expect(bad(WEB, { apiPaht: 'api' } as never)).toThrow(/did you mean `apiPath`/);
  });
});
