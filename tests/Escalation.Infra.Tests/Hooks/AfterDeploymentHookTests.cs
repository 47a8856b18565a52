namespace Escalation.Infra.Tests.Hooks;

public sealed class AfterDeploymentHookTests : IDisposable
{
    private readonly HookMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void It_deploys_the_template_that_is_there_with_what_the_main_one_said()
    {
        var result = _machine.Run("after-deployment.sh");

        Assert.Equal((0, "", ""), (result.Exit, result.Output, result.Words));
        var deployment = Assert.Single(_machine.CallsWith("az|deployment|group|create|")).Split('|');
        Assert.Equal(HookMachine.Group, deployment[Array.IndexOf(deployment, "--resource-group") + 1]);
        Assert.True(File.Exists(deployment[Array.IndexOf(deployment, "--template-file") + 1]));
        Assert.Equal(
            """installation={"topicName":"evgt-test"}""",
            deployment[Array.IndexOf(deployment, "--parameters") + 1]
        );
    }

    [Fact]
    public void An_app_that_is_just_starting_is_tried_again()
    {
        _machine.Fail("deployment|group|create", times: 9);

        var result = _machine.Run("after-deployment.sh");

        Assert.Equal((0, ""), (result.Exit, result.Words));
    }

    [Fact]
    public void An_app_that_Event_Grid_does_not_reach_is_said_with_az_s_own_words_and_what_to_do()
    {
        _machine.Fail("deployment|group|create");

        var result = _machine.Run("after-deployment.sh");

        Assert.Equal(1, result.Exit);
        Assert.StartsWith("ERROR: (Forbidden)", result.Words, StringComparison.Ordinal);
        Assert.Contains("infra/hooks/smoke.sh says what is wrong", result.Words, StringComparison.Ordinal);
        Assert.Equal(10, _machine.CallsWith("deployment").Count);
    }
}
