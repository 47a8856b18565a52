using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Escalation.Standalone.Commands;

/// <summary>
/// Strict where the library is not: no word is passed over, and none that begins with a dash is taken for a value.
/// </summary>
internal static class Misuse
{
    /// <summary>The first thing that is wrong, in one line; null: nothing is.</summary>
    public static string? In(ParseResult parsed) =>
        parsed.CommandResult.Children.Select(In).FirstOrDefault(misuse => misuse is not null)
        ?? UnknownWord(parsed)
        ?? OptionBeforeCommand(parsed)
        ?? (parsed.Errors is [var first, ..] ? first.Message : null);

    private static string? In(SymbolResult given) =>
        given switch
        {
            OptionResult { IdentifierTokenCount: > 1 } option => $"{option.Option.Name} is given twice.",
            OptionResult option when option.Tokens.Any(IsNoValue) => $"{option.Option.Name} needs a value.",
            ArgumentResult argument when argument.Tokens.FirstOrDefault(IsNoValue) is { } word => Unknown(
                (CommandResult)argument.Parent!,
                word.Value
            ),
            _ => null,
        };

    /// <summary>
    /// A word in square brackets at the beginning the library takes for a directive, and passes over if it knows none.
    /// </summary>
    private static string? UnknownWord(ParseResult parsed) =>
        parsed
            .Tokens.Where(t => t.Type is TokenType.Directive)
            .Select(t => t.Value)
            .Concat(parsed.UnmatchedTokens)
            .FirstOrDefault()
            is { } word
            ? Unknown(parsed.CommandResult, word)
            : null;

    private static string Unknown(CommandResult command, string word) =>
        $"'{command.Command.Name}' does not know what '{word}' is for. Try --help.";

    /// <summary>Options of the host's own are nothing to a command. Help can be asked for anywhere.</summary>
    private static string? OptionBeforeCommand(ParseResult parsed) =>
        parsed.CommandResult != parsed.RootCommandResult
        && parsed
            .RootCommandResult.Children.OfType<OptionResult>()
            .FirstOrDefault(o => o is { Implicit: false, Option: not HelpOption })
            is { } early
            ? $"{early.Option.Name} must come after '{parsed.CommandResult.Command.Name}'."
            : null;

    private static bool IsNoValue(Token word) => word.Value is "" or ['-', ..];
}
