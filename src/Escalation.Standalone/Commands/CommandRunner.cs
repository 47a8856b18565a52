using System.Data.Common;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Commands;

/// <summary>
/// Runs what the command line asks for. 0: done; 1: it failed, and one line says why; 2: it asks for something that
/// does not exist.
/// </summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(Invocation asked, TextWriter output, TextWriter errors)
    {
        try
        {
            switch (asked)
            {
                case Invocation.Help help:
                    await output.WriteLineAsync(Help.Of(help.About));
                    return 0;
                case Invocation.Misused misused:
                    await errors.WriteLineAsync(misused.Message);
                    return 2;
                case Invocation.Call call when call.Command == CommandShape.Run:
                    return await RunHostAsync(call, output, errors);
                case Invocation.Call call:
                    await CarryOutAsync(call, output, CancellationToken.None);
                    return 0;
                default:
                    throw new InvalidOperationException($"No rule for {asked.GetType().Name}.");
            }
        }
        catch (Exception e) when (e is HostFault or StoreException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (StoreFaults.IsDamage(e))
        {
            await errors.WriteLineAsync(
                "The database is damaged where the program cannot do without it. Its command 'salvage' makes a new one of what can be "
                    + "read, and of a backup what cannot."
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

    private static async Task<int> RunHostAsync(Invocation.Call call, TextWriter output, TextWriter errors)
    {
        if (!RunOptions.TryRead(call.Options, call.Data, out var options, out var fault))
        {
            await errors.WriteLineAsync(fault);
            return 2;
        }
        await StandaloneHost.RunAsync(options, output);
        return 0;
    }

    private static Task CarryOutAsync(Invocation.Call call, TextWriter output, CancellationToken cancel) =>
        call.Command.Name switch
        {
            "backup" => BackupCommand.RunAsync(call, output, cancel),
            "salvage" => SalvageCommand.RunAsync(call, output),
            "keys add" => KeyCommands.AddAsync(call, output, cancel),
            "keys list" => KeyCommands.ListAsync(call, output, cancel),
            "keys revoke" => KeyCommands.RevokeAsync(call, output, cancel),
            "keys rotate" => KeyCommands.RotateAsync(call, output, cancel),
            "keys replace-lost" => KeyCommands.ReplaceLostAsync(call, output, cancel),
            "policies check" => PolicyCommands.CheckAsync(call, output, cancel),
            "policies add" => PolicyCommands.AddAsync(call, output, cancel),
            "mail test" => MailCommand.TestAsync(call, output, cancel),
            "calendar refresh" => CalendarCommand.RefreshAsync(call, output, cancel),
            var name => throw new InvalidOperationException($"No rule for '{name}'."),
        };
}
