/** The prop that determines how long a caller waits for the function. */
export function timeProp(id: string, durable: boolean | undefined): string {
  return `functions.${id}.${durable === true ? 'durableConfig.executionTimeout' : 'timeout'}`;
}
