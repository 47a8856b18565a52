using Escalation.Standalone.Commands;

return await CommandLine.RunAsync(args, Console.Out, Console.Error, Console.In);
