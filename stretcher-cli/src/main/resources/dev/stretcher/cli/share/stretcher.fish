# Completion of stretcher(1) for fish. Made by the build.

# Names that only the program knows.
function __stretcher_choices
    set -l tokens (commandline -opc)
    set -l store (string match -r -- '^--(?:store|config|state-dir)=.*' $tokens)
    eval (string escape -- $tokens[1] __choices $argv $store) 2>/dev/null </dev/null
end

set -l commands @commands@

complete -c stretcher -f
@lines@
