import { Scope } from '../scope';

const HELPERS: Readonly<Record<string, string>> = {
  byStage: `/** The value of the stage. */
function byStage<T>(values: Record<string, T>, fallback?: T): T {
  const value = values[stage] ?? fallback;
  if (value === undefined) {
    throw new Error(\`there is no value for the stage \${stage}\`);
  }
  return value;
}`,
  context: `/** The value from \`cdk deploy -c name=value\`. */
function context(name: string, fallback?: string): string {
  const value: string | undefined = stack.node.tryGetContext(name) ?? fallback;
  if (value === undefined) {
    throw new Error(\`give \${name}: cdk deploy -c '\${name}=…'\`);
  }
  return value;
}`,
  env: `/** An environment variable of the machine that deploys. */
function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(\`set the environment variable \${name}\`);
  }
  return value;
}`,
};

export function helpersAfterStack(scope: Scope): string[][] {
  const sections = Object.entries(HELPERS)
    .filter(([name]) => (scope.helpers as ReadonlySet<string>).has(name))
    .map(([, text]) => [text]);
  if (scope.quiet) {
    sections.push([
      '// The functions find their resources by the variables of the source, so an access adds none.\nconst quiet = { setEnvironmentVariable: false };',
    ]);
  }
  if (scope.needsVpc) {
    const lambda = scope.module('lambda');
    const iam = scope.module('iam');
    scope.ours('AppFunction');
    sections.push([
      `/** Puts a function into existing subnets. */
function connect(fn: AppFunction, vpcConfig: ${lambda}.CfnFunction.VpcConfigProperty): void {
  (fn.function.node.defaultChild as ${lambda}.CfnFunction).vpcConfig = vpcConfig;
  fn.role.addManagedPolicy(
    ${iam}.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
  );
}`,
    ]);
  }
  return sections;
}
