/**
 * Regions in which CloudFormation has no `AWS::Lambda::Url`, according to the regional schemas of cfn-lint 1.58, read on 2026-11-28.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
 */
const WITHOUT_URLS =
  /^(ap-east-2|ap-south-2|ap-southeast-[4567]|ca-west-1|cn-northwest-1|eu-central-2|il-central-1|me-central-1|mx-central-1|us-gov-.*)$/;

/** Whether a function in that region can have a URL. */
export function supportsFunctionUrls(region: string): boolean {
  return !WITHOUT_URLS.test(region);
}
