using System.CommandLine;
using System.Data.Common;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary>
/// The program's commands, and how it ends: with 0 when done; with 1 when it failed, and one line says why; with 2
/// when it is asked for something that it does not know.
/// </summary>
internal static class CommandLine
{
    /// <summary>Each word means itself: no files of further words (<c>@file</c>), no two options in one word.</summary>
    private static readonly ParserConfiguration Literal = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>In the order of the help.</summary>
    public static Command Root { get; } =
        new RunCommand
        {
            new BackupCommand(),
            new SalvageCommand(),
            new CommandGroup(
                "keys",
                "Access keys and the host's own secrets",
                new KeysAddCommand(),
                new KeysListCommand(),
                new KeysRevokeCommand(),
                new KeysRotateCommand(),
                new KeysReplaceLostCommand()
            ),
            new CommandGroup(
                "policies",
                "A partnership's own policies",
                new PoliciesNewCommand(),
                new PoliciesCheckCommand(),
                new PoliciesShowCommand(),
                new PoliciesSchemaCommand(),
                new PoliciesAddCommand()
            ),
            new CommandGroup("calendar", "Bank holidays", new CalendarRefreshCommand()),
            new CommandGroup("mail", "How emails go out", new MailTestCommand()),
            new HelpCommand(),
        };

    public static ParseResult Parse(IReadOnlyList<string> args) => Root.Parse(args, Literal);

    /// <param name="input">What is typed; null: nothing.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter errors,
        TextReader? input = null
    )
    {
        var parsed = Parse(args);
        if (Misuse.In(parsed) is { } misuse)
        {
            await errors.WriteLineAsync(misuse);
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(
                Invocation(output, errors, input ?? TextReader.Null),
                CancellationToken.None
            );
        }
        catch (Exception e) when (e is HostFault or StoreException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (StoreFaults.IsDamage(e))
        {
            await errors.WriteLineAsync(
                "The database is damaged where the program cannot do without it. Its command 'salvage' makes a new one "
                    + "of what can be read, and of a backup what cannot."
            );
            return 1;
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            await errors.WriteLineAsync(
                $"The data folder could not be read or written: {e.Message}".ReplaceLineEndings(" ")
            );
            return 1;
        }
    }

    /// <summary>Faults come out here, and the host itself minds being asked to end.</summary>
    private static Terminal Invocation(TextWriter output, TextWriter errors, TextReader input) =>
        new()
        {
            Input = input,
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
}

/// <summary>Where a command speaks, and where it is answered.</summary>
internal sealed class Terminal : InvocationConfiguration
{
    public required TextReader Input { get; init; }
}
