/** Short work in this process, repeated: for what costs too little or too much to be seen through HTTP. */
/** Microseconds that one run of the work takes: the best of the rounds in which all of them take turns. */
export function microseconds(works: readonly (() => unknown)[], times: number, rounds = 7): readonly number[] {
  const taken: number[][] = works.map(() => []);
  for (let round = 0; round <= rounds; round++)
    works.forEach((work, index) => {
      const began = performance.now();
      for (let time = 0; time < times; time++) work();
      if (round > 0) taken[index]!.push(((performance.now() - began) * 1000) / times);
    });
  return taken.map((times) => Math.min(...times));
}
