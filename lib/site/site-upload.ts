/** How the files of a site are uploaded. */
export class SiteUpload {
  /**
   * `npx serverless-app site deploy`, after `npx cdk deploy`: it uploads what changed, deletes what is gone, and invalidates the changed
   * paths. Nothing in the account runs for it.
   */
  static byCommand(): SiteUpload {
    return new SiteUpload(false);
  }

  /**
   * The CDK’s `BucketDeployment`, as part of `cdk deploy`. It adds a helper: a Python function with the AWS CLI, one for each stack, which
   * may write to the bucket and invalidate the distribution. It deletes no file, and invalidates all paths on each change.
   */
  static bucketDeployment(): SiteUpload {
    return new SiteUpload(true);
  }

  /** @param usesHelper Whether a helper function in the account uploads the files. */
  private constructor(public readonly usesHelper: boolean) {}
}
