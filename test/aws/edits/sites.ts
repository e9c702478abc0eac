import { Size } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib';
import * as path from 'node:path';
import { SiteOptions, SiteRouting, SiteUpload } from 'cdk-serverless-app';
import type { Version } from '../support/versions';
import { always, both, Declare, Edit, fine, troubled, version } from './edit';

const WEB = path.join(__dirname, 'web');
const NEXT = path.join(__dirname, 'web-next');

type Options = (stack: Stack) => SiteOptions;

const served =
  (options: SiteOptions | Options = {}, folder = WEB): Declare =>
  (app, stack) => {
    app.addSite(folder, typeof options === 'function' ? options(stack) : options);
  };
const site = (options: SiteOptions | Options = {}, folder = WEB): Version =>
  version(both(always, served(options, folder)));

const certificate = (stack: Stack): acm.ICertificate =>
  (stack.node.tryFindChild('Certificate') as acm.ICertificate | undefined) ??
  acm.Certificate.fromCertificateArn(
    stack,
    'Certificate',
    'arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000',
  );
const on =
  (domainName: string, withRecords = false): Options =>
  (stack) => ({
    domain: {
      domainName,
      certificate: certificate(stack),
      hostedZone: withRecords
        ? new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' })
        : undefined,
    },
  });

const one = site();
const none = version(always);
const without = version((app) => void app.addFunction('A', { entry: 'ok.ts' }));
const alone: Declare = both((app) => void app.addFunction('A', { entry: 'ok.ts' }), served());
const withLogs = (options: (bucket: s3.IBucket) => SiteOptions): Version =>
  version(
    both(always, (app, stack) => {
      const bucket = new s3.Bucket(stack, 'Mine', {
        objectOwnership: s3.ObjectOwnership.OBJECT_WRITER,
      });
      app.addSite(WEB, options(bucket));
    }),
  );

export const SITE_EDITS: readonly Edit[] = [
  fine('add a site', none, one),
  troubled('remove a site, and add it again', [one, none, one], {
    kinds: ['left-behind'],
    what: 'The removed site’s bucket stays in the account. The new one is empty until you upload the files, and CloudFront assigns it a different domain.',
    instead: 'Upload the files with `npx serverless-app site deploy`, and delete the old bucket.',
  }),
  troubled('rename the `id` of a site', [one, site({ id: 'Web' })], {
    kinds: ['downtime', 'left-behind'],
    what: 'The app has a new distribution with a different CloudFront domain, and its bucket is empty until you upload the files. The old bucket stays in the account.',
    instead:
      'Keep the id. Or add the second site, run `site deploy`, and remove the first one last.',
    steps: [
      one,
      version(both(always, served(), served({ id: 'Web' }, NEXT))),
      site({ id: 'Web' }, NEXT),
    ],
  }),
  troubled(
    'rename the `id` of a site with a domain',
    [
      site(on('www.example.com', true)),
      site((stack) => ({ ...on('www.example.com', true)(stack), id: 'Web' })),
    ],
    {
      kinds: ['downtime', 'left-behind', 'will-fail'],
      what: 'CloudFront accepts a domain for only one distribution, and Route 53 accepts only one record with the same name and type.',
      instead:
        'Keep the id. Otherwise remove `domain` in one deployment, and rename the site in the next; in between, the domain does not work.',
      steps: [
        site(on('www.example.com', true)),
        one,
        site((stack) => ({ ...on('www.example.com', true)(stack), id: 'Web' })),
      ],
    },
  ),
  troubled(
    'rename the `id` of a site with a domain whose records are elsewhere',
    [
      site(on('www.example.com')),
      site((stack) => ({ ...on('www.example.com')(stack), id: 'Web' })),
    ],
    {
      kinds: ['downtime', 'left-behind', 'will-fail'],
      what: 'CloudFront accepts a domain for only one distribution.',
      instead:
        'Keep the id. Otherwise remove `domain` in one deployment, and rename the site in the next.',
    },
  ),
  fine('change the files or the folder of a site', one, site({}, NEXT)),
  fine(
    'change the files of a site whose `upload` is a bucket deployment',
    site({ upload: SiteUpload.bucketDeployment() }),
    site({ upload: SiteUpload.bucketDeployment() }, NEXT),
  ),
  fine('set and unset `upload`', one, site({ upload: SiteUpload.bucketDeployment() }), one),
  fine('set and unset `domain` of a site', one, site(on('www.example.com')), one),
  fine(
    'change `domain` of a site',
    site(on('www.example.com', true)),
    site(on('shop.example.com', true)),
  ),
  fine(
    'let the app create the records of a domain (`hostedZone`), and remove them',
    site(on('www.example.com')),
    site(on('www.example.com', true)),
    site(on('www.example.com')),
  ),
  fine('add an API to an app with a site, and remove it', version(alone), one, version(alone)),
  fine('remove a site but keep its API', one, none),
  fine('remove the app’s last site', version(alone), without),
  ...Object.entries<SiteOptions>({
    api: { api: false },
    apiPath: { apiPath: 'v1' },
    routing: { routing: SiteRouting.FOLDERS },
    immutable: { immutable: ['assets/'] },
    bucketOptions: { bucketOptions: { versioned: true } },
    responseHeadersPolicy: {
      responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS,
    },
    priceClass: { priceClass: cloudfront.PriceClass.PRICE_CLASS_100 },
    geoRestriction: { geoRestriction: cloudfront.GeoRestriction.allowlist('PL', 'DE') },
    webAclArn: {
      webAclArn: 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/shop/00000000',
    },
    monthlyRequests: { monthlyRequests: { moderate: 7 } },
    responseSize: { responseSize: Size.kibibytes(9) },
  }).map(([name, options]) => fine(`set and unset \`${name}\` of a site`, one, site(options), one)),
  fine(
    'set and unset `accessLogBucket` of a site',
    withLogs(() => ({})),
    withLogs((accessLogBucket) => ({ accessLogBucket })),
    withLogs(() => ({})),
  ),
];
