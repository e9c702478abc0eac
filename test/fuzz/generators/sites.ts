import { Size } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { SITE_DOMAIN_PROPS, SITE_OPTIONS_PROPS } from '../../../lib/site/site-prop-set';
import { SiteUpload } from 'cdk-serverless-app';
import { declared, NEVER } from '../support/declared';
import { recipe, theirs } from '../support/recipe';
import { ID, rarely } from '../support/values';
import { BUCKET_PROPS } from './buckets';
import { AMOUNTS } from './usage';

/** Relative to the folder of the handlers, the root of random apps. */
export const SITE_FOLDER = rarely(
  fc.constantFrom('../../examples/live-board/web'),
  'nowhere',
  '',
  '.',
);

const certificate = (region: string): fc.Arbitrary<unknown> =>
  theirs(`a certificate of ${region}`, (scope, id) =>
    acm.Certificate.fromCertificateArn(
      scope,
      id,
      `arn:aws:acm:${region}:111111111111:certificate/1`,
    ),
  );

const DOMAIN = declared(SITE_DOMAIN_PROPS, {
  domainName: rarely(fc.constantFrom('www.example.com', 'example.com'), 'https://a', 'a b'),
  certificate: fc.oneof(
    { weight: 9, arbitrary: certificate('us-east-1') },
    { weight: 1, arbitrary: certificate('eu-west-1') },
  ),
  hostedZone: NEVER, // it must be the zone of the name; test/site has it
});

/** Two buckets of a stack cannot have the same name. */
const withOwnName = (props: object): object =>
  'bucketName' in props ? { ...props, bucketName: 'their-site' } : props;

export const SITE_OPTIONS = declared(
  SITE_OPTIONS_PROPS,
  {
    id: ID,
    apiPath: rarely(fc.constantFrom('api', 'v1/api', 'a_b-c'), '', '/', 'a b', 'ż'),
    domain: DOMAIN,
    upload: fc.oneof(
      recipe('SiteUpload.byCommand()', () => SiteUpload.byCommand()),
      recipe('SiteUpload.bucketDeployment()', () => SiteUpload.bucketDeployment()),
    ),
    immutable: fc.array(rarely(fc.constantFrom('assets/', 'a/b/'), '', 'assets', '/x/'), {
      maxLength: 2,
    }),
    bucketOptions: BUCKET_PROPS.map((made) => withOwnName(made as object)),
    responseHeadersPolicy: theirs(
      'a policy of headers',
      (scope, id) => new cloudfront.ResponseHeadersPolicy(scope, id),
    ),
    geoRestriction: recipe('GeoRestriction.allowlist("DE")', () =>
      cloudfront.GeoRestriction.allowlist('DE'),
    ),
    webAclArn: rarely(
      fc.constantFrom('arn:aws:wafv2:us-east-1:111111111111:global/webacl/a/1'),
      'x',
      'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/1',
    ),
    accessLogBucket: theirs(
      'a bucket for logs',
      (scope, id) =>
        new s3.Bucket(scope, id, { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }),
    ),
    monthlyRequests: AMOUNTS,
    responseSize: recipe('Size.kibibytes(30)', () => Size.kibibytes(30)),
  },
  6,
);
