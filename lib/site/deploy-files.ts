import { Size } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { AppContext } from '../core/app-context';
import { CACHE_CONTROL, CacheClass, cacheClassOf } from '../model/web-files';
import type { SiteFolder } from './site-folder';

interface SiteParts extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;
}

const HELPER_MEMORY_MB = 512;

/**
 * Uploads the files with the CDK’s helper, one deployment for each cache header, one after the other: pages come last, after the files
 * that they refer to. None deletes files, since each would delete those of the others.
 */
export function deployFiles(
  site: SiteParts,
  { folder, files }: SiteFolder,
  immutable: readonly string[] | undefined,
): void {
  const { app } = AppContext.of(site);
  const source = Source.asset(folder);
  const namesOf = (wanted: CacheClass): string[] =>
    files.map(({ name }) => name).filter((name) => cacheClassOf(name, immutable) === wanted);
  let before: BucketDeployment | undefined;
  const deploy = (id: string, cache: CacheClass, last = false): void => {
    const include = namesOf(cache);
    if (include.length === 0) {
      return;
    }
    const deployment = new BucketDeployment(site, id, {
      sources: [source],
      destinationBucket: site.bucket,
      cacheControl: [CacheControl.fromString(CACHE_CONTROL[cache])],
      exclude: ['*'],
      include,
      prune: false,
      memoryLimit: HELPER_MEMORY_MB,
      ephemeralStorageSize: Size.mebibytes(512),
      logGroup: app.logGroup,
      ...(last ? { distribution: site.distribution, distributionPaths: ['/*'] } : {}),
    });
    if (before !== undefined) {
      deployment.node.addDependency(before);
    }
    before = deployment;
  };
  deploy('UploadHashed', 'hashed');
  deploy('UploadOther', 'other');
  deploy('UploadPages', 'page', true);
}
