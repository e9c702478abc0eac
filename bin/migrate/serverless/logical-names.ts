/** How the Serverless Framework derives logical ids: https://www.serverless.com/framework/docs/providers/aws/guide/resources */
export function normalized(name: string): string {
  const text = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/[^0-9A-Za-z]/g, '');
}

export function functionLogicalId(name: string): string {
  return `${normalized(name)}LambdaFunction`;
}
