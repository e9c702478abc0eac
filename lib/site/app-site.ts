import { Annotations, AssetStaging, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AppContext } from '../core/app-context';
import { injectedProps } from '../core/injected-props';
import { deterministicName } from '../core/deterministic-name';
import { levelModel } from '../estimate/usage-model';
import type { AppApi } from '../http/app-api';
import { HttpApis } from '../http/http-apis';
import { INDEX_PAGE } from '../model/web-files';
import { makeAppBucket } from '../storage/app-storage';
import { deployFiles } from './deploy-files';
import { readSiteFolder, SiteFolder } from './site-folder';
import { apiPathCode, routingCode } from './site-functions';
import type { SiteProps } from './site-props';
import { checkedSettings, scopeOfSite, SiteSettings } from './site-rules';
import { Sites } from './sites';

const MAX_NAME_LENGTH = 64;
const MAX_COMMENT_LENGTH = 128;

/** A site: static files on CloudFront, with the app's API on the same domain. `addSite` makes it. */
export class AppSite extends Construct {
  /** The name of this class for the CDK's `PropertyInjectors`. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-serverless-app.AppSite';

  /** The private bucket with the files. Only the distribution may read it. */
  public readonly bucket: s3.Bucket;

  /** The distribution. */
  public readonly distribution: cloudfront.Distribution;

  /** The domain name of the site: your own, or the one that CloudFront assigns. */
  public readonly domainName: string;

  /** The URL of the site, with a trailing slash. */
  public readonly url: string;

  private readonly settings: SiteSettings;
  private connected = false;

  /**
   * @param scope the app
   * @param folder the folder with the built site, relative to the app's `root`
   */
  public constructor(scope: Construct, id: string, folder: string, props: SiteProps = {}) {
    super(scopeOfSite(scope, id), id);
    props = injectedProps(AppSite.PROPERTY_INJECTION_ID, props, scope, id);
    const context = AppContext.of(scope);
    const check = context.check.at(`sites.${id}`);
    this.settings = checkedSettings(context, props, check);
    const found = readSiteFolder(context.app.root, folder, check);
    const make = (id: string): s3.Bucket =>
      makeAppBucket(this, id, this.settings.bucketOptions ?? {}, false);
    this.bucket = check.withPropPath('bucketOptions', () => make('Bucket'));
    this.distribution = check.withPropPath('', () => this.makeDistribution(found));
    this.domainName = this.settings.domain?.domainName ?? this.distribution.distributionDomainName;
    this.url = `https://${this.domainName}/`;
    this.makeRecords();
    Sites.of(this).add({
      site: this,
      props: this.settings,
      model: {
        id,
        path: this.node.path,
        name: this.bucket.bucketName,
        made: true,
        folder,
        files: this.prepareFiles(found),
        immutable: this.settings.immutable,
        distribution: this.distribution.distributionId,
        url: this.url,
        bytes: found.bytes,
        monthlyRequests: levelModel(props.monthlyRequests, check.at('monthlyRequests')),
        responseBytes: props.responseSize?.toBytes(),
      },
      connect: (api) => {
        this.connectApi(api);
      },
    });
  }

  /** The path of the API at the site, without slashes; undefined if the app has no API so far, or the site does not serve it. */
  public get apiPath(): string | undefined {
    const { api, apiPath } = this.settings;
    return api && HttpApis.of(this).existing !== undefined ? apiPath : undefined;
  }

  /** Returns the copy of the folder in the cloud assembly, which the command uploads; undefined if a helper uploads it. */
  private prepareFiles(found: SiteFolder): string | undefined {
    if (this.settings.upload?.usesHelper === true) {
      deployFiles(this, found, this.settings.immutable);
      return undefined;
    }
    const staging = new AssetStaging(this, 'Files', { sourcePath: found.folder });
    return staging.relativeStagedPath(Stack.of(this));
  }

  private connectApi(api: AppApi): void {
    if (this.connected || !this.settings.api) {
      return;
    }
    this.connected = true;
    const { apiPath } = this.settings;
    const { host, path } = api.origin;
    const origin = new origins.HttpOrigin(host, {
      originPath: path === undefined ? undefined : `/${path}`,
      protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    });
    const options: cloudfront.AddBehaviorOptions = {
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: this.headersPolicy,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [this.viewerFunction('ApiPath', apiPathCode(apiPath))],
    };
    // `/api*` would also match `/apis`.
    for (const pattern of [`/${apiPath}`, `/${apiPath}/*`]) {
      this.distribution.addBehavior(pattern, origin, options);
    }
  }

  private get headersPolicy(): cloudfront.IResponseHeadersPolicyRef {
    return this.settings.responseHeadersPolicy ?? cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS;
  }

  private makeDistribution({ extensions }: SiteFolder): cloudfront.Distribution {
    const { domain, priceClass, geoRestriction, webAclArn, accessLogBucket, routing } =
      this.settings;
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: this.node.path.slice(0, MAX_COMMENT_LENGTH),
      defaultRootObject: INDEX_PAGE,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      ...(domain === undefined
        ? {}
        : {
            domainNames: [domain.domainName],
            certificate: domain.certificate,
            minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
      webAclId: webAclArn,
      logBucket: accessLogBucket,
      ...{ priceClass, geoRestriction },
      defaultBehavior: {
        // Without the permission to list, S3 answers 403 instead of 404 for a file that does not exist.
        origin: origins.S3BucketOrigin.withOriginAccessControl(this.bucket, {
          originAccessControl: this.makeOriginAccess(),
          originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
        }),
        cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        responseHeadersPolicy: this.headersPolicy,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        functionAssociations: [this.viewerFunction('Routing', routingCode(routing, extensions))],
      },
    });
    Annotations.of(distribution).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'the distribution has a default root object, so `/` never lists the bucket',
    );
    return distribution;
  }

  private makeOriginAccess(): cloudfront.S3OriginAccessControl {
    const id = 'OriginAccess';
    return new cloudfront.S3OriginAccessControl(this, id, {
      originAccessControlName: this.uniqueName(id),
    });
  }

  /** CloudFront requires these names to be unique in an account, across all regions. */
  private uniqueName(id: string): string {
    return deterministicName(this, id, { owner: Stack.of(this), maxLength: MAX_NAME_LENGTH });
  }

  private viewerFunction(id: string, code: string): cloudfront.FunctionAssociation {
    const fn = new cloudfront.Function(this, id, {
      functionName: this.uniqueName(id),
      comment: `${this.node.path}/${id}`.slice(0, MAX_COMMENT_LENGTH),
      code: cloudfront.FunctionCode.fromInline(code),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    });
    return { eventType: cloudfront.FunctionEventType.VIEWER_REQUEST, function: fn };
  }

  private makeRecords(): void {
    const { domain } = this.settings;
    if (domain?.hostedZone === undefined) {
      return;
    }
    const record = {
      zone: domain.hostedZone,
      recordName: domain.domainName,
      target: route53.RecordTarget.fromAlias(new targets.CloudFrontTarget(this.distribution)),
    };
    new route53.ARecord(this, 'Record', record);
    new route53.AaaaRecord(this, 'RecordV6', record);
  }
}
