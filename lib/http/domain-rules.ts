import { Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { IConstruct } from 'constructs';
import { PropCheck, unquoted } from '../props/prop-check';
import type { HttpDomain } from './http-options';

/**
 * A domain name, whose first label may be a wildcard.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html
 */
const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/i;

/** The names and paths that APIs use so far, by the root of the construct tree, each with its app. */
const taken = new WeakMap<IConstruct, Map<string, string>>();

/** Rejects a domain that API Gateway or Route 53 would reject at deployment, or that would get another name. */
export function checkDomain(domain: HttpDomain, scope: IConstruct, check: PropCheck): void {
  const { certificate, domainName, hostedZone } = domain;
  if (!Token.isUnresolved(domainName) && !DOMAIN_NAME.test(domainName)) {
    throw check.error(
      'domainName',
      'must be a name alone, without `https://`, a port or a path',
      domainName,
      `did you mean \`${nameIn(domainName)}\`? A path goes into \`path\``,
    );
  }
  const zone = hostedZone?.zoneName.replace(/\.$/, '');
  if (zone !== undefined && !anyToken(zone, domainName) && !isIn(domainName, zone)) {
    throw check.error(
      'hostedZone',
      `must be the zone of \`${domainName}\`, since Route 53 would append the zone’s name to it`,
      zone,
      'give the zone that the name ends with, or leave it out and make the records yourself',
    );
  }
  checkRegion(certificate, scope, check);
}

/** API Gateway accepts only a certificate in the API's own region for a regional domain. */
function checkRegion(certificate: acm.ICertificate, scope: IConstruct, check: PropCheck): void {
  const { region } = Stack.of(scope);
  const given = regionOf(certificate);
  if (given !== undefined && given !== '' && !anyToken(region, given) && given !== region) {
    throw check.error(
      'certificate',
      `must be in the API’s region, ${region}`,
      unquoted(`one in ${given}`),
      `request one in ${region}; only CloudFront needs a certificate in us-east-1`,
    );
  }
}

function regionOf(certificate: acm.ICertificate): string | undefined {
  const { certificateArn, env } = certificate;
  return Token.isUnresolved(certificateArn) ? env.region : certificateArn.split(':')[3];
}

/** Rejects a domain that another app creates too: API Gateway allows each name only once in a region. */
export function claimDomain(name: string, scope: IConstruct, check: PropCheck): void {
  claim(name, scope, (owner) =>
    check.error(
      'domainName',
      `must not be created by another API; ${owner} already creates it`,
      name,
      'put several APIs on one domain with `http.existingDomain: { domain: first.domainName, path: "…" }`',
    ),
  );
}

/** Rejects a path that another API uses at the domain. */
export function claimPath(
  name: string,
  path: string | undefined,
  scope: IConstruct,
  check: PropCheck,
): void {
  claim(`${name}/${path ?? ''}`, scope, (owner) =>
    check.error(
      'path',
      `must not be used by another API at this domain; ${owner} already uses it`,
      path ?? unquoted('the domain’s root'),
      'give each API a path of its own',
    ),
  );
}

function claim(key: string, scope: IConstruct, error: (owner: string) => Error): void {
  const claims = taken.get(scope.node.root) ?? new Map<string, string>();
  const { node, region } = Stack.of(scope);
  // Two stacks without a region may be deployed to different regions.
  const place = Token.isUnresolved(region) ? node.path : region;
  const owner = claims.get(`${place} ${key}`);
  if (owner !== undefined) {
    throw error(owner);
  }
  taken.set(scope.node.root, claims.set(`${place} ${key}`, scope.node.path));
}

function anyToken(...texts: readonly string[]): boolean {
  return texts.some((text) => Token.isUnresolved(text));
}

function isIn(name: string, zone: string): boolean {
  return `.${name.toLowerCase()}`.endsWith(`.${zone.toLowerCase()}`);
}

function nameIn(text: string): string {
  const [name = ''] = text
    .trim()
    .replace(/^[a-z+]*:?\/\//i, '')
    .split(/[/:?#]/);
  return DOMAIN_NAME.test(name) ? name : 'api.example.com';
}
