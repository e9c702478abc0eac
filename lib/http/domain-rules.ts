import { Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { IConstruct } from 'constructs';
import { PropCheck, unquoted } from '../props/prop-check';
import type { HttpDomain } from './http-options';

/** The region of CloudFront’s certificates. */
export const CLOUDFRONT_REGION = 'us-east-1';

/**
 * A domain name, whose first label may be a wildcard.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html
 */
const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/i;

/** The names and paths that APIs use so far, by the root of the construct tree, each with its app. */
const taken = new WeakMap<IConstruct, Map<string, string>>();

/** Rejects a domain that API Gateway or Route 53 would reject at deployment, or that would get another name. */
export function checkDomain(domain: HttpDomain, scope: IConstruct, check: PropCheck): void {
  checkName(domain, check);
  const { region } = Stack.of(scope);
  const remedy = `request one in ${region}; only CloudFront needs a certificate in ${CLOUDFRONT_REGION}`;
  checkRegion(domain.certificate, region, { rule: `the API’s region, ${region}`, remedy }, check);
}

/** The same for a CloudFront domain. */
export function checkSiteDomain(domain: Omit<HttpDomain, 'path'>, check: PropCheck): void {
  checkName(domain, check);
  const rule = `${CLOUDFRONT_REGION}, the only region whose certificates CloudFront accepts`;
  const remedy = `request it in ${CLOUDFRONT_REGION}: in a stack of that region, and with \`crossRegionReferences: true\` in both stacks`;
  checkRegion(domain.certificate, CLOUDFRONT_REGION, { rule, remedy }, check);
}

function checkName({ domainName, hostedZone }: Omit<HttpDomain, 'path'>, check: PropCheck): void {
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
      'give the zone that the name ends with, or leave it out and create the records yourself',
    );
  }
}

/** API Gateway accepts only a certificate in the API's own region for a regional domain, and CloudFront one in us-east-1. */
function checkRegion(
  certificate: acm.ICertificate,
  region: string,
  { rule, remedy }: Readonly<Record<'rule' | 'remedy', string>>,
  check: PropCheck,
): void {
  const given = regionOf(certificate);
  if (given !== undefined && given !== '' && !anyToken(region, given) && given !== region) {
    throw check.error('certificate', `must be in ${rule}`, unquoted(`one in ${given}`), remedy);
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

/** Rejects a domain that another site has: CloudFront allows each name only once worldwide. */
export function claimSiteDomain(name: string, scope: IConstruct, check: PropCheck): void {
  claim(`${name} of CloudFront`, scope, (owner) =>
    check.error(
      'domainName',
      `must not be the domain of another site; a site of ${owner} has it`,
      name,
      'give each site a name of its own',
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
