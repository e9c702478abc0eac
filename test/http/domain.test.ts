import { Lazy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { HttpDomain, HttpOptions, ServerlessApp } from 'cdk-serverless-app';
import { all, HANDLERS, quickCdkApp, resources } from '../support/synth';

const REGION = 'eu-west-1';
const DOMAIN = 'AWS::ApiGatewayV2::DomainName';
const MAPPING = 'AWS::ApiGatewayV2::ApiMapping';

function stackIn(region?: string, root = quickCdkApp(), id = 'Test'): Stack {
  return new Stack(root, id, region === undefined ? {} : { env: { region } });
}

const certificateIn = (stack: Stack, region: string): acm.ICertificate =>
  acm.Certificate.fromCertificateArn(
    stack,
    `Certificate${stack.node.children.length}`,
    `arn:aws:acm:${region}:111111111111:certificate/x`,
  );

/** The certificate and the name of a domain, with more. */
const domainIn = (stack: Stack, more: Partial<HttpDomain> = {}): HttpDomain => ({
  domainName: 'api.example.com',
  certificate: certificateIn(stack, REGION),
  ...more,
});

const zone = (stack: Stack, zoneName: string): route53.IHostedZone =>
  route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName });

/** An app with a route on an API with these options. */
function appWith(stack: Stack, http: HttpOptions, id = 'App'): ServerlessApp {
  const app = new ServerlessApp(stack, id, { root: HANDLERS, http });
  app.onRequest('GET /', 'ok.ts', { authorizer: new apigateway.HttpNoneAuthorizer() });
  return app;
}

describe('fails for', () => {
  test('a certificate of another region', () => {
    const stack = stackIn(REGION);
    const domain = domainIn(stack, { certificate: certificateIn(stack, 'us-east-1') });

    expect(() => appWith(stack, { domain })).toThrow(
      'Test/App: `http.domain.certificate` must be in the API’s region, eu-west-1, got one in us-east-1: request one in eu-west-1; only CloudFront needs a certificate in us-east-1',
    );
  });

  test('a certificate created in a stack of another region', () => {
    const root = quickCdkApp();
    const other = stackIn('us-east-1', root, 'Other');
    const certificate = new acm.Certificate(other, 'C', { domainName: 'api.example.com' });
    const stack = stackIn(REGION, root);

    expect(() => appWith(stack, { domain: domainIn(stack, { certificate }) })).toThrow(
      'must be in the API’s region, eu-west-1, got one in us-east-1',
    );
  });

  test.each([
    ['https://api.example.com', 'api.example.com'],
    ['https://api.example.com/v1', 'api.example.com'],
    ['api.example.com/', 'api.example.com'],
    ['api.example.com:443', 'api.example.com'],
    ['localhost', 'api.example.com'],
  ])('the name %s', (domainName, meant) => {
    const stack = stackIn(REGION);

    expect(() => appWith(stack, { domain: domainIn(stack, { domainName }) })).toThrow(
      `\`http.domain.domainName\` must be a name alone, without \`https://\`, a port or a path, got "${domainName}": did you mean \`${meant}\`? A path goes into \`path\``,
    );
  });

  test.each(['example.org', 'ample.com', 'api.example.com.org'])(
    'a name outside the zone %s',
    (zoneName) => {
      const stack = stackIn(REGION);
      const domain = domainIn(stack, { hostedZone: zone(stack, zoneName) });

      expect(() => appWith(stack, { domain })).toThrow(
        `\`http.domain.hostedZone\` must be the zone of \`api.example.com\`, since Route 53 would append the zone’s name to it, got "${zoneName}"`,
      );
    },
  );

  test('a name that two apps create', () => {
    const stack = stackIn(REGION);
    appWith(stack, { domain: domainIn(stack) }, 'First');

    expect(() => appWith(stack, { domain: domainIn(stack, { path: 'b' }) }, 'Second')).toThrow(
      'Test/Second: `http.domain.domainName` must not be created by another API; Test/First already creates it, got "api.example.com": put several APIs on one domain with `http.existingDomain:',
    );
  });

  test('a path that two APIs use', () => {
    const stack = stackIn(REGION);
    const first = appWith(stack, { domain: domainIn(stack) }, 'First');
    const existingDomain = { domain: first.domainName as apigateway.DomainName };

    expect(() => appWith(stack, { existingDomain }, 'Second')).toThrow(
      'Test/Second: `http.existingDomain.path` must not be used by another API at this domain; Test/First already uses it, got the domain’s root',
    );
  });

  test.each<[string, (stack: Stack) => HttpOptions, string]>([
    [
      'what is no domain',
      () => ({ existingDomain: { domain: 'api.example.com' } }) as unknown as HttpOptions,
      '`http.existingDomain.domain` must be a domain name, got "api.example.com": give another app’s `domainName`',
    ],
    [
      'a domain of an app that has no route yet',
      () => ({ existingDomain: { domain: undefined } }) as unknown as HttpOptions,
      '`http.existingDomain.domain` must be a domain name, got undefined',
    ],
    [
      'a domain to make and one that exists',
      (stack) => ({ domain: domainIn(stack), existingDomain: { domain: existing(stack) } }),
      '`http.existingDomain` must not be combined with `http.domain`',
    ],
    [
      'a path with a slash',
      (stack) => ({ existingDomain: { domain: existing(stack), path: '/b' } }),
      '`http.existingDomain.path` must not begin or end with `/`',
    ],
    [
      'an API of the user’s with a domain that exists',
      (stack) => ({
        api: new apigateway.HttpApi(stack, 'Mine'),
        existingDomain: { domain: existing(stack) },
      }),
      '`http.existingDomain` must not be combined with `http.api`',
    ],
  ])('%s', (_what, options, message) => {
    const stack = stackIn(REGION);

    expect(() => appWith(stack, options(stack))).toThrow(message);
  });
});

function existing(stack: Stack): apigateway.IDomainName {
  return apigateway.DomainName.fromDomainNameAttributes(stack, 'Existing', {
    name: 'api.example.com',
    regionalDomainName: 'd-1.execute-api.eu-west-1.amazonaws.com',
    regionalHostedZoneId: 'Z2',
  });
}

describe('accepts', () => {
  test.each<[string, (stack: Stack) => Partial<HttpDomain>]>([
    ['the name of the zone itself', (stack) => ({ hostedZone: zone(stack, 'api.example.com') })],
    ['a zone with a dot at its end', (stack) => ({ hostedZone: zone(stack, 'example.com.') })],
    ['a wildcard', () => ({ domainName: '*.example.com' })],
    [
      'capitals',
      (stack) => ({ domainName: 'API.Example.com', hostedZone: zone(stack, 'example.com') }),
    ],
    ['a Token', () => ({ domainName: Lazy.string({ produce: () => 'api.example.com' }) })],
  ])('%s', (_what, more) => {
    const stack = stackIn(REGION);

    expect(() => appWith(stack, { domain: domainIn(stack, more(stack)) })).not.toThrow();
  });

  test('any certificate if the region is unknown', () => {
    const stack = stackIn();

    expect(() => appWith(stack, { domain: domainIn(stack) })).not.toThrow();
  });

  test('one name in two regions', () => {
    const root = quickCdkApp();
    const [one, two] = [stackIn(REGION, root, 'One'), stackIn('eu-central-1', root, 'Two')];
    appWith(one, { domain: domainIn(one) });
    const certificate = certificateIn(two, 'eu-central-1');

    expect(() => appWith(two, { domain: domainIn(two, { certificate }) })).not.toThrow();
  });
});

describe('an existing domain', () => {
  test('gets the API of a second app at a path, and is created once', () => {
    const stack = stackIn(REGION);
    const first = appWith(stack, { domain: domainIn(stack) }, 'First');

    const second = appWith(
      stack,
      { existingDomain: { domain: first.domainName as apigateway.DomainName, path: 'b' } },
      'Second',
    );

    expect(stack.resolve(second.url)).toEqual({
      'Fn::Join': ['', ['https://', { Ref: expect.stringMatching(/HttpDomain/) as string }, '/b/']],
    });
    expect(Object.keys(resources(stack, DOMAIN))).toHaveLength(1);
    expect(all(stack, MAPPING).map(({ ApiMappingKey }) => ApiMappingKey)).toEqual([undefined, 'b']);
    expect(second.domainName).toBeUndefined();
  });

  test('may be imported', () => {
    const stack = stackIn(REGION);

    const app = appWith(stack, { existingDomain: { domain: existing(stack), path: 'v1/b' } });

    expect(app.url).toBe('https://api.example.com/v1/b/');
    expect(all(stack, MAPPING)).toEqual([
      expect.objectContaining({ DomainName: 'api.example.com', ApiMappingKey: 'v1/b' }),
    ]);
  });

  test('is the address even if the API’s own endpoint is disabled', () => {
    const stack = stackIn(REGION);

    const app = appWith(stack, {
      apiOptions: { disableExecuteApiEndpoint: true },
      existingDomain: { domain: existing(stack) },
    });

    expect(app.url).toBe('https://api.example.com/');
  });
});
