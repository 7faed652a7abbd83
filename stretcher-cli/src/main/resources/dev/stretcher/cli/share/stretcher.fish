# Completion of stretcher(1) for fish. Made by the build.

# Names that only the program knows; with a flag, of its value, which is the argument on the line.
function __stretcher_choices -a names flag
    set -l tokens (commandline -opc)
    set -l given (string match -r -- '^--(?:store|config|state-dir|app)=.*' $tokens)
    for name in --store --config --state-dir --app
        set -l at (contains -i -- $name $tokens)
        and set -a given $name=$tokens[(math $at + 1)]
    end
    if test -n "$flag"
        set -l words (string match -v -- '-*' $tokens)
        test (count $words) -lt 3; or set -a given --$flag=$words[3]
    end
    eval (string escape -- $tokens[1] __choices $names $given) 2>/dev/null </dev/null
end

set -l commands @commands@

complete -c stretcher -f
@lines@
