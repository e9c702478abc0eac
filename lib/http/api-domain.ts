import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { PropCheck, unquoted } from '../props/prop-check';
import { checkDomain, claimDomain } from './domain-rules';
import type { HttpDomain, HttpOptions } from './http-options';

/** The user's custom domain, and the path of the API at it. */
export interface ApiDomain {
  readonly name: string;
  readonly path?: string;
}

type DomainChoice = Pick<HttpOptions, 'domain' | 'existingDomain'>;

/** The domain, whether or not the app creates it. */
export function domainOf({ domain, existingDomain }: DomainChoice): ApiDomain | undefined {
  return domain === undefined
    ? existingDomain && { name: existingDomain.domain.name, path: existingDomain.path }
    : { name: domain.domainName, path: domain.path };
}

export function makeDomainName(
  scope: Construct,
  domain: HttpDomain,
  check: PropCheck,
  id = 'HttpDomain',
): apigateway.DomainName {
  checkDomain(domain, scope, check);
  claimDomain(domain.domainName, scope, check);
  return new apigateway.DomainName(scope, id, {
    domainName: domain.domainName,
    certificate: domain.certificate,
    securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
    mtls: domain.mutualTls,
  });
}

/** CloudFront has no client certificate. */
export function refuseMutualTlsForSite({ domain }: DomainChoice, check: PropCheck): void {
  if (domain?.mutualTls !== undefined) {
    throw check.error(
      'domain.mutualTls',
      'must be left out if a site serves the API, because CloudFront has no client certificate',
      unquoted('a truststore'),
      'leave it out, or give the site `api: false`',
    );
  }
}

export function makeRecords(
  scope: Construct,
  domain: HttpDomain,
  domainName: apigateway.DomainName,
  id = 'HttpDomain',
): void {
  if (domain.hostedZone === undefined) {
    return;
  }
  const target = route53.RecordTarget.fromAlias(
    new targets.ApiGatewayv2DomainProperties(
      domainName.regionalDomainName,
      domainName.regionalHostedZoneId,
    ),
  );
  const record = { zone: domain.hostedZone, recordName: domain.domainName, target };
  new route53.ARecord(scope, `${id}Record`, record);
  new route53.AaaaRecord(scope, `${id}RecordV6`, record);
}
