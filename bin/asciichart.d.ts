declare module 'asciichart' {
  export function plot(
    series: readonly number[],
    config?: {
      readonly height?: number;
      readonly min?: number;
      readonly format?: (value: number) => string;
    },
  ): string;
}
