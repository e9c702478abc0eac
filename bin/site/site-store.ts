/** A file of the folder, as it should be in the bucket. */
export interface SiteFile {
  readonly key: string;
  /** Its path on this machine. */
  readonly file: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly md5: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** A file in the bucket. */
export interface RemoteFile {
  readonly key: string;
  /** S3 returns it as the ETag of an object that was uploaded in one part and is encrypted with S3's own key. */
  readonly md5?: string;
}

/** The bucket of a site. */
export interface SiteBucket {
  list(): Promise<RemoteFile[]>;
  put(file: SiteFile): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

/** CloudFront's cache. */
export interface SiteCache {
  /** @param reference unique among the invalidations of the distribution */
  invalidate(paths: readonly string[], reference: string): Promise<void>;
}
