import * as iam from 'aws-cdk-lib/aws-iam';
import { AccessConfig, AccessLevel, IAccess, IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { checkProp, checkProps } from '../props/check-props';
import { textOf } from '../props/kinds';
import { ACCESS_PROPS, AccessOptions } from './access-options';
import { variableOf } from './variable-of';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const NAMESPACE = textOf(1, 255, {
  what: 'of ASCII characters without control characters, not beginning with `:`',
  fits: /^[ -9;-~][ -~]*$/,
}).required();

/**
 * Access to CloudWatch metrics in a namespace; see `Access.putMetrics`.
 *
 * @internal
 */
export class MetricsAccess implements IAccess {
  constructor(
    private readonly namespace: string,
    private readonly options: AccessOptions,
  ) {}

  public bind(fn: IAppFunction): AccessConfig {
    const check = FunctionContext.of(fn).check.at('access');
    const { namespace } = this;
    checkProp(namespace, 'metricNamespace', NAMESPACE, check);
    checkProps(this.options, ACCESS_PROPS, check);
    if (namespace.startsWith('AWS/')) {
      throw check.error(
        'metricNamespace',
        'must not begin with `AWS/`, which AWS reserves for its services',
        namespace,
        'choose another one, for example `Shop`',
      );
    }
    iam.Grant.addToPrincipal({
      grantee: fn,
      actions: ['cloudwatch:PutMetricData'],
      // AWS defines no resource for this action; the condition is what limits it.
      resourceArns: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
    });
    return {
      kind: 'metricNamespace',
      path: namespace,
      level: AccessLevel.WRITE,
      ...variableOf(this.options, () => 'METRICS_NAMESPACE', namespace, check),
    };
  }
}
