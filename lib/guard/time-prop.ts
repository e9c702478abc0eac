/** The prop that says how long one who waits for the function waits. */
export function timeProp(id: string, durable: boolean | undefined): string {
  return `functions.${id}.${durable === true ? 'durableConfig.executionTimeout' : 'timeout'}`;
}
