import { PropCheck, words } from '../private/prop-check';
import { GuardFacts } from './guard-facts';

/** Looks at the facts of an app before it is deployed, and says what AWS would refuse. Pure: it knows no construct. */
export type Guard = (facts: GuardFacts) => Finding[];

/** What a guard found. */
export interface Finding {
  /** `cdk-serverless-app:<what>`. It is contract: users acknowledge warnings by it. */
  readonly id: string;
  /** An error ends the synthesis. A warning can be acknowledged: it is about what AWS may raise, or what is near a limit. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** A limit that AWS sets, or that it makes of what the user set. */
export interface Quota {
  /** Whose quota of what, in the plural: `CloudFormation’s quota of resources a stack`; or `what it reserves`. */
  readonly name: string;
  readonly limit: number;
  /** Where AWS says so. */
  readonly source: string;
}

export interface FindingProps {
  /** The guard's own name, for example `stack-resources`. */
  readonly guard: string;
  readonly severity: Finding['severity'];
  /** The construct path of the app. */
  readonly app: string;
  /** The prop that the user would change, as a path from the app, for example `functions.Resize.access`. */
  readonly prop: string;
  /** What must be, without its limit: `must leave a stack`. */
  readonly rule: string;
  readonly quota: Quota;
  /** What was got, in words: `512 resources in Shop/Orders`. */
  readonly got: string;
  readonly remedy: string;
}

export function finding(props: FindingProps): Finding {
  const { guard, severity, app, prop, rule, quota, got, remedy } = props;
  const whole = `${rule} (${quota.name}: ${show(quota.limit)}; ${quota.source})`;
  return {
    id: `cdk-serverless-app:${guard}`,
    severity,
    message: new PropCheck(app, '').error(prop, whole, words(got), remedy).message,
  };
}

/** `10,240`. Not by `toLocaleString`, which takes more time than all guards together when it is called first. */
export function show(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

export const CLOUDFORMATION_QUOTAS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
export const HTTP_API_QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
export const LAMBDA_QUOTAS =
  'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
export const IAM_QUOTAS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
