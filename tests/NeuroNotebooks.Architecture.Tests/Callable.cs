using System.Linq.Expressions;
using System.Reflection;

namespace NeuroNotebooks.Architecture;

/// <summary>
/// A public constructor, method, operator, indexer or setter that can be called with boxed arguments: type parameters are double,
/// and an array stands for each span and matrix view.
/// </summary>
internal sealed class Callable
{
    private readonly MethodBase method;
    private readonly Func<object?, object?[], object?> call;

    public Callable(MethodBase open)
    {
        method = Closed(open);
        Parameters = method.GetParameters();
        call = Compiled(method, Parameters);
    }

    public ParameterInfo[] Parameters { get; }

    public Type Owner => method.DeclaringType!;

    public string Name => method is ConstructorInfo ? $"new {Owner.Name}" : $"{Owner.Name}.{method.Name}";

    public object? Call(object?[] arguments) =>
        call(method.IsStatic || method is ConstructorInfo ? null : Samples.Target(this), arguments);

    /// <summary>What to hand over for a type: itself, or the array that converts to it.</summary>
    public static Type Passed(Type type) => !type.IsByRefLike ? type
        : type.GetGenericTypeDefinition() == typeof(Numerics.MatrixView<>) ? type.GetGenericArguments()[0].MakeArrayType(2)
        : type.GetGenericArguments()[0].MakeArrayType();

    private static MethodBase Closed(MethodBase open)
    {
        Type owner = open.DeclaringType!;
        if (owner.ContainsGenericParameters)
        {
            Type closed = owner.MakeGenericType([.. owner.GetGenericArguments().Select(_ => typeof(double))]);
            open = MethodBase.GetMethodFromHandle(open.MethodHandle, closed.TypeHandle)!;
        }
        return open is MethodInfo { IsGenericMethodDefinition: true } generic
            ? generic.MakeGenericMethod([.. generic.GetGenericArguments().Select(Standing)])
            : open;
    }

    /// <summary>What stands for a type parameter: a class of its kind if it must be one, and double otherwise.</summary>
    private static Type Standing(Type parameter) =>
        parameter.GetGenericParameterConstraints().Any(constraint => constraint.IsClass && constraint != typeof(ValueType))
            ? typeof(Samples.Nothing)
            : typeof(double);

    private static Func<object?, object?[], object?> Compiled(MethodBase method, ParameterInfo[] parameters)
    {
        ParameterExpression target = Expression.Parameter(typeof(object)), arguments = Expression.Parameter(typeof(object?[]));
        Expression[] passed = [.. parameters.Select((p, i) => As(p.ParameterType, Expression.ArrayIndex(arguments, Expression.Constant(i))))];
        Expression called = method switch
        {
            ConstructorInfo constructor => Expression.New(constructor, passed),
            MethodInfo { IsStatic: true } shared => Expression.Call(shared, passed),
            MethodInfo own => Expression.Call(As(own.DeclaringType!, target), own, passed),
            _ => throw new ArgumentException($"{method} is neither a constructor nor a method.", nameof(method)),
        };
        Expression answer = called.Type == typeof(void) || called.Type.IsByRefLike
            ? Expression.Block(called, Expression.Constant(null))
            : Expression.Convert(called, typeof(object));
        return Expression.Lambda<Func<object?, object?[], object?>>(answer, target, arguments).Compile();
    }

    private static Expression As(Type type, Expression boxed)
    {
        Expression passed = Expression.Convert(boxed, Passed(type));
        return type.IsByRefLike ? Expression.Convert(passed, type, type.GetMethod("op_Implicit", [Passed(type)])) : passed;
    }
}
