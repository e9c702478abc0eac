import { Token } from 'aws-cdk-lib';
import { PropCheck } from '../../props/prop-check';

/** The AWS WAF web ACL of a REST API. */
export class RestWebAcl {
  /**
   * A web ACL of the app with AWS's managed core rules, which stop common attacks: $5 a month for the ACL, $1 for its rule, and
   * $0.60 per million requests.
   *
   * The core rules reject bodies above 8 KB. For larger ones create your own web ACL.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
   */
  static coreRules(): RestWebAcl {
    return new RestWebAcl();
  }

  /**
   * Your own web ACL.
   *
   * @param arn the ARN of a regional web ACL in the API's region
   */
  static fromArn(arn: string): RestWebAcl {
    const known = typeof arn === 'string' && Token.isUnresolved(arn);
    if (!known && !/^arn:[\w-]+:wafv2:[\w-]+:\d*:regional\/webacl\//.test(arn)) {
      throw new PropCheck('RestWebAcl.fromArn', '').error(
        'arn',
        'must be the ARN of a regional web ACL',
        arn,
        'give, for example, the `attrArn` of a `CfnWebACL` whose scope is `REGIONAL`',
      );
    }
    return new RestWebAcl(arn);
  }

  private constructor(
    /**
     * The ARN of the user's web ACL.
     *
     * @default - the app creates one
     */
    public readonly arn?: string,
  ) {}
}
