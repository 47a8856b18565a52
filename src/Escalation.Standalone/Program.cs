using Escalation.Standalone.Commands;

return await CommandRunner.RunAsync(CommandLine.Read(args), Console.Out, Console.Error);
