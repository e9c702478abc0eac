import { CACHE_CONTROL } from '../../lib/model/web-files';
import type { RemoteFile, SiteFile } from './site-store';

/** What an upload does, in this order. */
export interface UploadPlan {
  /** In groups, one after the other, so that the files that a page refers to are uploaded before the page. */
  readonly put: readonly (readonly SiteFile[])[];
  readonly remove: readonly string[];
  /** The paths of the files that CloudFront may have, and that have changed. */
  readonly invalidate: readonly string[];
}

export interface PlanOptions {
  /** Also uploads files that have not changed. */
  readonly force?: boolean;
  /** Deletes nothing. */
  readonly keep?: boolean;
  readonly invalidateAll?: boolean;
}

/** Above this number of paths, one wildcard takes their place: the first 1,000 paths of a month are free, and a wildcard counts as one. */
export const MOST_PATHS = 100;
const ALL_PATHS = '/*';

/** Compares the folder with the bucket. */
export function planUpload(
  files: readonly SiteFile[],
  remote: readonly RemoteFile[],
  { force = false, keep = false, invalidateAll = false }: PlanOptions,
): UploadPlan {
  const there = new Map(remote.map(({ key, md5 }) => [key, md5]));
  const wanted = new Set(files.map(({ key }) => key));
  const put = files.filter(({ key, md5 }) => force || there.get(key) !== md5);
  const remove = keep ? [] : remote.map(({ key }) => key).filter((key) => !wanted.has(key));
  const stale = [...put.filter(({ key }) => there.has(key)).map(({ key }) => key), ...remove];
  const whole = invalidateAll || stale.length > MOST_PATHS;
  return {
    put: [CACHE_CONTROL.hashed, CACHE_CONTROL.other, CACHE_CONTROL.page]
      .map((cache) => put.filter(({ cacheControl }) => cacheControl === cache))
      .filter((group) => group.length > 0),
    remove,
    invalidate: whole ? [ALL_PATHS] : stale.map(pathOf),
  };
}

/** The path of a request as browsers send it. */
function pathOf(key: string): string {
  return `/${key.split('/').map(encodeURIComponent).join('/')}`;
}
