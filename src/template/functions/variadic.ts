/** Functions that take any number of arguments beyond those that they need; all others take as many as they name. */
export const VARIADIC: ReadonlySet<string> = new Set(
  (
    'and or eq index slice call html js urlquery print printf println list tuple dict concat without mustWithout pluck keys pick omit ' +
    'merge mustMerge mergeOverwrite mustMergeOverwrite dig mustSlice default coalesce all any quote squote cat mkslice seq round ' +
    'add mul max biggest min addf subf mulf divf maxf minf'
  ).split(' '),
);
